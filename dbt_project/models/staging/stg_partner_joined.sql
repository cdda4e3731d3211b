{{ staged('pj.partner.joined.v1', 'no_fiche', 'organisation', 'chef_de_file boolean') }}
