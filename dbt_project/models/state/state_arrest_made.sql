{{ as_of(ref('stg_arrest_made')) }}
