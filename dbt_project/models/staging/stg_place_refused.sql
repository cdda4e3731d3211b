{{ staged('pj.place.refused.v1', 'no_demande', 'raison_refus') }}
