{{ as_of(ref('stg_request_declined')) }}
