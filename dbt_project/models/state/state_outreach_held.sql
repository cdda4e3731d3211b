{{ as_of(ref('stg_outreach_held')) }}
