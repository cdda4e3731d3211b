{{ as_of(ref('stg_residency_held')) }}
