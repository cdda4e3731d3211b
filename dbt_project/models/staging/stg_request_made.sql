{{ staged('pj.request.made.v1', 'no_demande', 'service', 'fournisseur', 'axe', 'cible') }}
