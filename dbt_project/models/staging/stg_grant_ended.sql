{{ staged('partnership.grant.ended.v1', 'no_subvention') }}
