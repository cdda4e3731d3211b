{{ staged('mobilis.charge.laid.v1', 'no_cour', 'no_evenement', 'chefs bigint', 'infraction') }}
