with charges as (
    select * from {{ ref('fct_charge') }}
    where days_from_arrest is not null
),

cases as (
    select * from {{ ref('fct_case') }}
    where days_from_charge is not null
),

measured as (
    {{ measure(
        'M08', 'charges', value='median(fact.days_from_arrest)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'M08.outcome', 'cases', value='median(fact.days_from_charge)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
