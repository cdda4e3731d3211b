with source as (
    select * from {{ as_of('outreach_held') }}
),

renamed as (
    select
        event_id as fact_id,
        [event_id] as event_ids,
        sender,
        programme,
        territory,
        no_activite,
        activite,
        personnes_rejointes,
        time_precision,
        first_day,
        last_day
    from source
)

select * from renamed
