{{ staged('identity.subject.erased.v1', 'ground') }}
