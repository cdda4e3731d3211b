{{ staged('pj.action.completed.v1', 'no_fiche') }}
