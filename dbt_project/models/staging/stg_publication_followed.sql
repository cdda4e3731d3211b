{{ staged('pj.publication.followed.v1', 'no_demande') }}
