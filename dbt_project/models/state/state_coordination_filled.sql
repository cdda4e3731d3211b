{{ as_of(ref('stg_coordination_filled')) }}
