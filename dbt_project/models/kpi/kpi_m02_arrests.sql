with arrests as (
    select * from {{ ref('fct_arrest') }}
),

measured as (
    {{ measure_with(
        'M02', 'arrests', ['motif', 'gang'],
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
