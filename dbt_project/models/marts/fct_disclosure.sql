with meetings as (
    select * from {{ ref('fct_youth_met') }}
),

disclosed as (
    select
        person,
        disclosed_on,
        flatten(list(event_ids)) as event_ids
    from meetings
    where disclosed_on is not null
    group by person, disclosed_on
),

-- The first meeting on or after the day the youth confided, whichever meeting told of it.
met as (
    select
        disclosed.person || ' ' || disclosed.disclosed_on as fact_id,
        list_distinct(list_concat(disclosed.event_ids, meetings.event_ids)) as event_ids,
        meetings.programme,
        meetings.territory,
        disclosed.person,
        disclosed.disclosed_on,
        date_diff('day', disclosed.disclosed_on, meetings.first_day) as days_to_meeting,
        meetings.time_precision,
        meetings.first_day,
        meetings.last_day
    from disclosed
    inner join meetings
        on
            disclosed.person = meetings.person
            and meetings.time_precision = 'day'
            and disclosed.disclosed_on <= meetings.first_day
    qualify
        row_number() over (
            partition by disclosed.person, disclosed.disclosed_on
            order by meetings.first_day, meetings.territory, meetings.programme, meetings.fact_id
        ) = 1
)

select * from met
