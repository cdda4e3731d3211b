with source as (
    select * from {{ as_of('consent_withdrawn') }}
),

renamed as (
    select
        source.event_id as fact_id,
        {{ events_behind('source') }} as event_ids,
        source.programme,
        source.territory,
        source.given_to as partner,
        {{ person('source') }} as person,
        source.time_precision,
        source.first_day,
        source.last_day
    from source
    left join {{ ref('dim_person') }} as dim_person on source.token = dim_person.token
)

select * from renamed
