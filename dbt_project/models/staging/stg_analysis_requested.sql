{{ staged('pj.analysis.requested.v1', 'no_demande', 'demandeur', 'compte', 'moyen') }}
