{{ staged('partnership.referral.made.v1', 'no_reference', 'de', 'vers', 'motif varchar[]') }}
