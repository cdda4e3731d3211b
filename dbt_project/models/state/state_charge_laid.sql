{{ as_of(ref('stg_charge_laid')) }}
