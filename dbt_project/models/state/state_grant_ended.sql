{{ as_of(ref('stg_grant_ended')) }}
