{{ as_of(ref('stg_youth_detected')) }}
