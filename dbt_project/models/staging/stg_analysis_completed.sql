{{ staged('pj.analysis.completed.v1', 'no_demande', 'moyen') }}
