{{ staged(
    'mobilis.youth.met.v1', 'no_rencontre', 'sexe', 'fugue', 'date_devoilement date',
    'date_devoilement_precision', 'referee boolean', 'ressource'
) }}
