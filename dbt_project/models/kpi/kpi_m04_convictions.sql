with cases as (
    select * from {{ ref('fct_case') }}
),

presented as (
    select * from cases
    where is_presented
),

measured as (
    {{ measure(
        'M04', 'cases', numerator='count(fact.fact_id) filter (where fact.is_guilty)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'M04.presented', 'presented', numerator='count(fact.fact_id) filter (where fact.is_guilty)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure_with(
        'M04.concluded', 'cases', ['issue'],
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
