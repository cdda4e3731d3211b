with told as (
    select
        *,
        'présence' as objet,
        cast(null as varchar) as axe,
        cast(null as varchar) as cible
    from {{ as_of('meeting_attended') }}
    union all by name
    select
        *,
        'préoccupation' as objet
    from {{ as_of('concern_shared') }}
    union all by name
    select
        *,
        'action concertée' as objet
    from {{ as_of('action_decided') }}
),

milieux as (
    select distinct
        partner,
        milieu_fr
    from {{ ref('dim_partner') }}
),

renamed as (
    select
        told.event_id as fact_id,
        {{ events_behind('told') }} as event_ids,
        told.programme,
        told.territory,
        {{ person('told') }} as person,
        told.no_reunion,
        told.objet,
        told.organisation,
        coalesce(milieux.milieu_fr, 'autre') as milieu,
        coalesce(told.axe, 'inconnu') as axe,
        coalesce(told.cible, 'inconnu') as cible,
        told.time_precision,
        told.first_day,
        told.last_day
    from told
    left join {{ ref('dim_person') }} as dim_person on told.token = dim_person.token
    left join milieux on told.organisation = milieux.partner
),

-- Two tokens that turn out to be one person attended a meeting once.
once as (
    select *
    from renamed
    qualify
        row_number() over (
            partition by no_reunion, objet, case when objet = 'présence' then person else fact_id end
            order by {{ vagueness() }}, first_day, territory, organisation
        ) = 1
)

select * from once
