with source as (
    select * from {{ as_of('arrest_made') }}
),

renamed as (
    select
        source.event_id as fact_id,
        {{ events_behind('source') }} as event_ids,
        source.programme,
        source.territory,
        {{ person('source') }} as person,
        source.no_evenement,
        source.motif,
        coalesce(source.gang, 'inconnu') as gang,
        source.time_precision,
        source.first_day,
        source.last_day
    from source
    left join {{ ref('dim_person') }} as dim_person on source.token = dim_person.token
),

-- Two tokens that turn out to be one person were arrested once.
once as (
    select *
    from renamed
    qualify
        row_number() over (
            partition by no_evenement, person
            order by {{ vagueness() }}, first_day, territory, motif, gang
        ) = 1
)

select * from once
