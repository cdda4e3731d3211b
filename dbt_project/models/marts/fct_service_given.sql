with services as (
    select
        sender,
        natural_key,
        'trajectoires' as log,
        true as is_begun,
        event_id,
        token,
        programme,
        first_day,
        last_day
    from {{ as_of('request_served') }}
    union all
    select
        sender,
        natural_key,
        'references' as log,
        true as is_begun,
        event_id,
        token,
        programme,
        first_day,
        last_day
    from {{ as_of('service_started') }}
    union all
    select
        sender,
        natural_key,
        'hebergements' as log,
        true as is_begun,
        event_id,
        token,
        programme,
        first_day,
        last_day
    from {{ as_of('place_occupied') }}
    union all
    select
        sender,
        natural_key,
        'hebergements' as log,
        false as is_begun,
        event_id,
        token,
        programme,
        first_day,
        last_day
    from {{ as_of('place_offered') }}
),

final as (
    select
        services.event_id as fact_id,
        {{ events_behind('services') }} as event_ids,
        services.programme,
        {{ person('services') }} as person,
        services.log,
        services.sender || ' ' || services.log || ' ' || services.natural_key as request,
        services.is_begun,
        services.first_day,
        services.last_day
    from services
    left join {{ ref('dim_person') }} as dim_person on services.token = dim_person.token
)

select * from final
