{{ staged('identity.access.due.v1', 'rule as access_rule') }}
