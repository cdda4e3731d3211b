{{ staged('partnership.staff.left.v1', 'no_affectation', 'motif_fin') }}
