with steps as (
    select * from {{ ref('fct_service_step') }}
),

made as (
    select * from steps
    where step = 'made'
),

declined as (
    select * from steps
    where step = 'declined'
),

served as (
    select * from steps
    where step = 'served'
),

-- Each youth's first service, in the period in which it began.
first_starts as (
    select * replace (begins_on as first_day, begins_on as last_day)
    from {{ ref('fct_service') }}
    where days_from_first_request is not null
),

measured as (
    {{ measure_with(
        'P09.requested', 'made', ['service'], partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure_with(
        'P09.declined', 'declined', ['raison_refus'], partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure_with(
        'P09.served', 'served', ['service'], partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P09.days_to_first_start', 'first_starts', value='median(fact.days_from_first_request)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
