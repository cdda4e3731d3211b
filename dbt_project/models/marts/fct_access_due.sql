with due as (
    select * from {{ as_of('access_due') }}
),

erased as (
    select
        token,
        min(event_id) as event_id
    from {{ as_of('subject_erased') }}
    group by token
),

renamed as (
    select
        due.event_id as fact_id,
        list_filter([due.event_id, erased.event_id], event_id -> event_id is not null) as event_ids,
        due.programme,
        due.territory,
        due.access_rule,
        erased.token is not null as is_closed,
        due.time_precision,
        due.first_day,
        due.last_day
    from due
    left join erased on due.token = erased.token
)

select * from renamed
