{{ staged('pj.coordination.vacated.v1', 'no_fiche', 'organisation') }}
