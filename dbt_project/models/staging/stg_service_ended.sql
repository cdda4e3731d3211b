{{ staged('partnership.service.ended.v1', 'no_reference') }}
