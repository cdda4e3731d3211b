{{ staged('mobilis.presentation.given.v1', 'no_activite', 'no_ecole', 'avec', 'jeunes_rejoints bigint') }}
