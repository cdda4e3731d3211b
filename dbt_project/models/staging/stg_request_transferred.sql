{{ staged('pj.request.transferred.v1', 'no_demande', 'transfere_a') }}
