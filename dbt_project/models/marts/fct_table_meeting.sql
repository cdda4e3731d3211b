with source as (
    select * from {{ as_of('table_met') }}
),

renamed as (
    select
        event_id as fact_id,
        [event_id] as event_ids,
        programme,
        territory,
        organisation,
        time_precision,
        first_day,
        last_day
    from source
)

select * from renamed
