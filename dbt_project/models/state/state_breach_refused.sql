{{ as_of(ref('stg_breach_refused')) }}
