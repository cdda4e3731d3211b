{{ staged('pj.publication.transmitted.v1', 'no_demande', 'transmise_a') }}
