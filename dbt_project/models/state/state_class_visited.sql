{{ as_of(ref('stg_class_visited')) }}
