with attendances as (
    select
        *,
        organisation as partner
    from {{ ref('fct_attendance') }}
),

measured as (
    {{ measure_with(
        'P02', 'attendances', ['milieu'], partner=true,
        numerator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure_with(
        'P02.attendances', 'attendances', ['milieu'], partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
