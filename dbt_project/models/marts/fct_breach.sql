with source as (
    select * from {{ as_of('breach_refused') }}
),

renamed as (
    select
        event_id as fact_id,
        [event_id] as event_ids,
        programme,
        territory,
        breached_by as partner,
        breach,
        breached_log as log,
        reporteddate as statement_date,
        time_precision,
        first_day,
        last_day
    from source
)

select * from renamed
