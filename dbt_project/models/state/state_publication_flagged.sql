{{ as_of(ref('stg_publication_flagged')) }}
