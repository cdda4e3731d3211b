{{ staged(
    'mobilis.residency.held.v1', 'no_activite', 'no_ecole', 'date_fin date', 'date_fin_precision',
    'jeunes_rejoints bigint'
) }}
