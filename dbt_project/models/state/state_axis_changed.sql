{{ as_of(ref('stg_axis_changed')) }}
