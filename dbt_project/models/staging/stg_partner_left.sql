{{ staged('pj.partner.left.v1', 'no_fiche', 'organisation') }}
