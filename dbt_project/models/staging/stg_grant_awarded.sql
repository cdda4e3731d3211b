{{ staged(
    'partnership.grant.awarded.v1', 'no_subvention', 'bailleur', 'volet', 'montant decimal(38, 15)',
    'periode_debut date', 'periode_debut_precision', 'periode_fin date', 'periode_fin_precision'
) }}
