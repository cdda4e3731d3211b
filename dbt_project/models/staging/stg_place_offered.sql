{{ staged('pj.place.offered.v1', 'no_demande', 'lieu') }}
