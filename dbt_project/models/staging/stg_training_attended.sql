{{ staged(
    'pj.training.attended.v1', 'no_session', 'theme', 'organisation', 'score_avant decimal(38, 15)',
    'score_apres decimal(38, 15)'
) }}
