{{ staged('identity.tokens.linked.v1', 'method', 'other') }}
