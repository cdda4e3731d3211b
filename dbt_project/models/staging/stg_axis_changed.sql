{{ staged('pj.axis.changed.v1', 'no_depistage', 'nouvel_axe', 'cible') }}
