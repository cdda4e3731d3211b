{{ staged('partnership.referral.accepted.v1', 'no_reference', 'date_deduite boolean') }}
