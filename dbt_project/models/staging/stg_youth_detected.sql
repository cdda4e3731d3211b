{{ staged('pj.youth.detected.v1', 'no_depistage', 'sexe', 'axe', 'cible', 'source', 'gang') }}
