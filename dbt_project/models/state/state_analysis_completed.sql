{{ as_of(ref('stg_analysis_completed')) }}
