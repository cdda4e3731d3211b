{{ as_of(ref('stg_presentation_given')) }}
