{{ staged(
    'pj.request.served.v1', 'no_demande', 'service', 'fournisseur', 'axe', 'cible', 'meneur boolean'
) }}
