with source as (
    select * from {{ as_of('operation_conducted') }}
),

renamed as (
    select
        event_id as fact_id,
        [event_id] as event_ids,
        programme,
        territory,
        no_operation,
        conduite,
        conduite = 'avec l''ERM' as is_joint,
        time_precision,
        first_day,
        last_day
    from source
)

select * from renamed
