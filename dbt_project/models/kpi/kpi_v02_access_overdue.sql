with dues as (
    select * from {{ ref('fct_access_due') }}
),

measured as (
    {{ measure('V02', 'dues', numerator='count(fact.fact_id) filter (where not fact.is_closed)') }}
    union all
    {{ measure('V02.closed', 'dues', numerator='count(fact.fact_id) filter (where fact.is_closed)') }}
)

select * from measured
