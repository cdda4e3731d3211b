{{ staged('identity.consent.withdrawn.v1', 'sender as given_to') }}
