{{ as_of(ref('stg_table_met')) }}
