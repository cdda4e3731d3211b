{{ staged('pj.action.decided.v1', 'no_fiche', 'no_reunion', 'organisation', 'axe', 'cible') }}
