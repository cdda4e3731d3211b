{{ as_of(ref('stg_service_started')) }}
