{{ staged('pj.coordination.filled.v1', 'no_fiche', 'organisation') }}
