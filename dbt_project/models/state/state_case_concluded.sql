{{ as_of(ref('stg_case_concluded')) }}
