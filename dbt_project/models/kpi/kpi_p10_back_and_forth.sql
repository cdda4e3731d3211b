with steps as (
    select * from {{ ref('fct_service_step') }}
),

behind as (
    select
        served_id,
        event_ids
    from {{ ref('fct_service') }}
    where is_return
),

moves as (
    select
        steps.* replace (list_distinct(list_concat(steps.event_ids, behind.event_ids)) as event_ids),
        behind.served_id is not null as is_return
    from steps
    left join behind on steps.fact_id = behind.served_id
    where steps.step in ('made', 'transferred') or behind.served_id is not null
),

returns as (
    select * from moves
    where is_return
),

transfers as (
    select * from moves
    where step = 'transferred'
),

-- The moves to a service alone: they are as many as requests served. With the ends among them, published
-- figures would tell the ends by subtraction.
paths as (
    select * from {{ ref('fct_service_move') }}
    where to_service <> 'fin'
),

ended as (
    select * from {{ ref('fct_service_move') }}
    where to_service = 'fin'
),

open_at_once as (
    select * from {{ ref('fct_service_overlap') }}
),

-- A day of three services open is one day.
overlap_days as (
    select * replace (day_open as first_day, day_open as last_day)
    from (
        select
            *,
            cast(unnest(generate_series(begins_on, last_day, interval 1 day)) as date) as day_open
        from open_at_once
    ) as unfolded
),

measured as (
    {{ measure(
        'P10', 'moves',
        numerator="count(fact.fact_id) filter (where fact.step <> 'made')",
        denominator="count(distinct fact.person) filter (where fact.step = 'made')",
        persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P10.returns', 'returns', partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P10.transfers', 'transfers', partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure_with(
        'P10.paths', 'paths', ['trajet'],
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P10.ended', 'ended', numerator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P10.overlaps', 'open_at_once',
        numerator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P10.overlap_days', 'overlap_days',
        numerator="count(distinct fact.person || ' ' || fact.first_day)",
        persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P10.overlap_led', 'open_at_once',
        numerator='count(fact.fact_id) filter (where fact.leaders = 1)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
