{{ staged('pj.place.requested.v1', 'no_demande', 'ressource', 'urgence boolean') }}
