{{ staged('partnership.staff.assigned.v1', 'no_affectation', 'categorie', 'role', 'lien', 'temps') }}
