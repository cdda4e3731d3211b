{{ staged('pj.table.met.v1', 'no_fiche', 'organisation') }}
