{{ staged('identity.breach.refused.v1', 'code as breach', 'log as breached_log', 'sender as breached_by') }}
