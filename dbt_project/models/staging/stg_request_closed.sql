{{ staged('pj.request.closed.v1', 'no_demande') }}
