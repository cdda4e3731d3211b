{{ as_of(ref('stg_access_due')) }}
