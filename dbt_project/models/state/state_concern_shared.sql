{{ as_of(ref('stg_concern_shared')) }}
