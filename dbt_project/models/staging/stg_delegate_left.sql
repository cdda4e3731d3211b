{{ staged('pj.delegate.left.v1', 'no_fiche', 'organisation') }}
