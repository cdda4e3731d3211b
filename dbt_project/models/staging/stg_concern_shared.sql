{{ staged('pj.concern.shared.v1', 'no_fiche', 'no_reunion', 'organisation', 'axe', 'cible') }}
