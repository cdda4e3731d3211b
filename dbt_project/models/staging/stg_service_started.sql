{{ staged('partnership.service.started.v1', 'no_reference') }}
