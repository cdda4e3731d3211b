{{ staged('pj.place.vacated.v1', 'no_demande') }}
