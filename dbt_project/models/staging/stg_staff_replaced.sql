{{ staged('partnership.staff.replaced.v1', 'no_affectation', 'remplace') }}
