{{ as_of(ref('stg_consent_withdrawn')) }}
