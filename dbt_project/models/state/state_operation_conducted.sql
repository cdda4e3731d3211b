{{ as_of(ref('stg_operation_conducted')) }}
