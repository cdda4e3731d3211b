{{ staged(
    'mobilis.exchange.made.v1', 'no_echange', 'rang bigint', 'de', 'vers', 'formel boolean',
    'nature varchar[]', 'consentement_nominatif boolean'
) }}
