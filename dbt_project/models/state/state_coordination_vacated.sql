{{ as_of(ref('stg_coordination_vacated')) }}
