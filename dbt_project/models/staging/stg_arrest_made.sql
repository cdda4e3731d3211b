{{ staged('mobilis.arrest.made.v1', 'no_evenement', 'motif', 'gang') }}
