with analyses as (
    select * from {{ ref('fct_analysis') }}
),

requested as (
    select * from analyses
    where step = 'requested'
),

duplicates as (
    select * from requested
    where is_duplicate
),

completed as (
    select * from analyses
    where step = 'completed'
),

flagged as (
    select * from analyses
    where step = 'flagged'
),

transmitted as (
    select * from analyses
    where step = 'transmitted'
),

followed as (
    select * from analyses
    where step = 'followed'
),

measured as (
    {{ measure_with(
        'P11', 'requested', ['moyen'], partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P11.duplicates', 'duplicates', partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P11.completed', 'completed', partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P11.flagged', 'flagged', partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P11.transmitted', 'transmitted', partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P11.followed', 'followed', partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
