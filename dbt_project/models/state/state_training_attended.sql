{{ as_of(ref('stg_training_attended')) }}
