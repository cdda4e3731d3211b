{{ as_of(ref('stg_delegate_named')) }}
