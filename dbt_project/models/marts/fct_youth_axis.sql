with detections as (
    select
        *,
        list_position(['tertiaire', 'secondaire', 'primaire'], axe) as axis_rank
    from {{ ref('fct_detection') }}
    where axe <> 'inconnu'
),

-- Told twice on one day, the deeper axis is where the youth was: nobody turned that day.
ordered as (
    select
        *,
        row_number() over (
            partition by programme, person
            order by first_day, last_day, axis_rank, partner, territory, no_depistage, step
        ) as place
    from detections
),

firsts as (
    select * from ordered
    where place = 1
),

tertiary as (
    select * from ordered
    where axe = 'tertiaire'
    qualify row_number() over (partition by programme, person order by place) = 1
),

told as (
    select
        programme,
        person,
        min(first_day) filter (where axe = 'secondaire') as secondary_on,
        list_sort(list_distinct(flatten(list(event_ids)))) as event_ids
    from detections
    group by programme, person
),

horizons as (
    select distinct
        programme,
        horizon
    from {{ ref('dim_period') }}
),

final as (
    select
        firsts.fact_id,
        told.event_ids,
        firsts.programme,
        firsts.territory,
        firsts.person,
        firsts.axe as first_axis,
        firsts.first_day as first_axis_on,
        told.secondary_on,
        tertiary.first_day as tertiary_on,
        tertiary.fact_id is not null and firsts.axe <> 'tertiaire' as has_turned,
        -- Days watched: to the turn, otherwise to the last day that figures go up to.
        case
            when tertiary.fact_id is not null then {{ days_between('firsts', 'tertiary') }}
            when firsts.time_precision = 'day' then date_diff('day', firsts.first_day, horizons.horizon)
        end as days_watched,
        firsts.time_precision,
        firsts.first_day,
        firsts.last_day
    from firsts
    inner join told on firsts.programme = told.programme and firsts.person = told.person
    inner join horizons on firsts.programme = horizons.programme
    left join tertiary on firsts.programme = tertiary.programme and firsts.person = tertiary.person
)

select * from final
