{{ staged('identity.tokens.unlinked.v1', 'other') }}
