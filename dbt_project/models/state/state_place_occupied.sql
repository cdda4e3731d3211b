{{ as_of(ref('stg_place_occupied')) }}
