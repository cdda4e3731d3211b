{{ staged('partnership.referral.refused.v1', 'no_reference', 'raison_refus', 'date_deduite boolean') }}
