{{ as_of(ref('stg_action_decided')) }}
