{{ staged('pj.place.occupied.v1', 'no_demande', 'ressource', 'urgence boolean', 'lieu') }}
