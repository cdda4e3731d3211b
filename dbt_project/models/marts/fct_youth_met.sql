with source as (
    select * from {{ as_of('youth_met') }}
),

renamed as (
    select
        source.event_id as fact_id,
        {{ events_behind('source') }} as event_ids,
        source.programme,
        source.territory,
        {{ person('source') }} as person,
        source.no_rencontre,
        coalesce(source.sexe, 'inconnu') as sexe,
        coalesce(source.fugue, 'inconnu') as fugue,
        case when source.date_devoilement_precision = 'day' then source.date_devoilement end as disclosed_on,
        source.referee as is_referred,
        coalesce(source.ressource, 'inconnu') as ressource,
        source.time_precision,
        source.first_day,
        source.last_day
    from source
    left join {{ ref('dim_person') }} as dim_person on source.token = dim_person.token
),

-- Two tokens that turn out to be one youth were met once, and referred if either row says so.
once as (
    select *
    from renamed
    qualify
        row_number() over (
            partition by no_rencontre, person
            order by
                is_referred desc,
                {{ vagueness() }},
                first_day,
                territory,
                ressource,
                sexe,
                fugue,
                disclosed_on
        ) = 1
)

select * from once
