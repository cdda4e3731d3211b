with made as (
    select * from {{ as_of('request_made') }}
),

steps as (
    select
        *,
        'made' as step,
        cast(null as varchar) as raison_refus,
        cast(null as varchar) as transfere_a
    from made
    union all by name
    select
        *,
        'declined' as step
    from {{ as_of('request_declined') }}
    union all by name
    select
        *,
        'transferred' as step
    from {{ as_of('request_transferred') }}
    union all by name
    select
        * exclude (meneur),
        'served' as step
    from {{ as_of('request_served') }}
    union all by name
    select
        *,
        'closed' as step
    from {{ as_of('request_closed') }}
),

-- A request's number is its sender's own.
final as (
    select
        steps.event_id as fact_id,
        list_distinct(list_concat({{ events_behind('steps') }}, [made.event_id])) as event_ids,
        coalesce(steps.fournisseur, made.fournisseur) as partner,
        steps.sender,
        steps.programme,
        steps.territory,
        {{ person('steps') }} as person,
        steps.no_demande,
        steps.step,
        coalesce(steps.service, made.service, 'inconnu') as service,
        coalesce(steps.axe, 'inconnu') as axe,
        coalesce(steps.cible, 'inconnu') as cible,
        coalesce(steps.axe || ' × ' || steps.cible, 'inconnu') as axe_cible,
        coalesce(steps.raison_refus, 'inconnu') as raison_refus,
        steps.transfere_a,
        steps.time_precision,
        steps.first_day,
        steps.last_day
    from steps
    left join made on steps.sender = made.sender and steps.natural_key = made.natural_key
    left join {{ ref('dim_person') }} as dim_person on steps.token = dim_person.token
)

select * from final
