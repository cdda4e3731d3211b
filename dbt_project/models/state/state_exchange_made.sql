{{ as_of(ref('stg_exchange_made')) }}
