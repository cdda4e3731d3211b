{{ staged('pj.analysis.duplicated.v1', 'no_demande', 'doublon_de') }}
