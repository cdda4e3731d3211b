{{ staged(
    'mobilis.class.visited.v1', 'no_activite', 'no_ecole', 'no_classe', 'niveau', 'jeunes_rejoints bigint'
) }}
