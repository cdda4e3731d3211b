with presentations as (
    select * from {{ ref('fct_school_activity') }}
    where activite = 'présentation conjointe'
),

measured as (
    {{ measure('M12', 'presentations', numerator='count(fact.fact_id)') }}
)

select * from measured
