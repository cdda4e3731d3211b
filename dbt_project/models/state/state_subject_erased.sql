{{ as_of(ref('stg_subject_erased')) }}
