with breaches as (
    select * from {{ ref('fct_breach') }}
),

measured as (
    {{ measure_with('V01', 'breaches', ['breach', 'log'], numerator='count(fact.fact_id)', partner=true) }}
)

select * from measured
