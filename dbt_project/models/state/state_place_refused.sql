{{ as_of(ref('stg_place_refused')) }}
