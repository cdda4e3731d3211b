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

-- Nobody is known to have stayed short of an axis after the last day that all who detect have told.
watches as (
    select
        programme,
        logs_covered[list_position(logs_known, 'depistages')] as watched_to
    from {{ ref('dim_cell') }}
    where period_kind = 'total' and territory is null
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
        -- Days watched: to the turn, otherwise to the last day told.
        case
            when tertiary.fact_id is not null then {{ days_between('firsts', 'tertiary') }}
            when firsts.time_precision = 'day'
                then greatest(0, date_diff('day', firsts.first_day, watches.watched_to))
        end as days_watched,
        firsts.time_precision,
        firsts.first_day,
        firsts.last_day
    from firsts
    inner join told on firsts.programme = told.programme and firsts.person = told.person
    inner join watches on firsts.programme = watches.programme
    left join tertiary on firsts.programme = tertiary.programme and firsts.person = tertiary.person
)

select * from final
