{{ staged('pj.request.declined.v1', 'no_demande', 'raison_refus') }}
