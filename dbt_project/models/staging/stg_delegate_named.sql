{{ staged('pj.delegate.named.v1', 'no_fiche', 'organisation') }}
