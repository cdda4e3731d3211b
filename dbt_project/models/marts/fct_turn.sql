with youths as (
    select * from {{ ref('fct_youth_axis') }}
    where first_axis = 'secondaire' and has_turned and days_watched >= 0
),

services as (
    select * from {{ ref('fct_service_given') }}
),

-- Surely in between: begun or offered once she was detected, and before she turned.
offered as (
    select
        youths.fact_id,
        list_sort(list_distinct(flatten(list(services.event_ids)))) as event_ids,
        count(distinct services.request) as services_offered,
        count(distinct services.request) filter (where services.is_begun) as services_begun
    from youths
    inner join services
        on
            youths.programme = services.programme
            and youths.person = services.person
            and youths.last_day <= services.first_day
            and youths.tertiary_on >= services.last_day
    group by youths.fact_id
),

final as (
    select
        youths.fact_id,
        list_distinct(list_concat(youths.event_ids, offered.event_ids)) as event_ids,
        youths.programme,
        youths.territory,
        youths.person,
        coalesce(offered.services_offered, 0) as services_offered,
        coalesce(offered.services_begun, 0) as services_begun,
        youths.time_precision,
        youths.first_day,
        youths.last_day
    from youths
    left join offered on youths.fact_id = offered.fact_id
)

select * from final
