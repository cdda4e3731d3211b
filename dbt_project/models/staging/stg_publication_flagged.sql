{{ staged('pj.publication.flagged.v1', 'no_demande') }}
