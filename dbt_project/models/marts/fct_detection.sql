with detected as (
    select
        * exclude (source),
        'detected' as step,
        coalesce(source, 'inconnu') as origin
    from {{ as_of('youth_detected') }}
),

changed as (
    select
        * rename (nouvel_axe as axe),
        'changed' as step
    from {{ as_of('axis_changed') }}
),

steps as (
    select * from detected
    union all by name
    select * from changed
),

-- A detection's number is its sender's own; what a change does not say again, its detection said.
final as (
    select
        steps.event_id as fact_id,
        list_distinct(list_concat({{ events_behind('steps') }}, [detected.event_id])) as event_ids,
        steps.sender as partner,
        steps.programme,
        steps.territory,
        {{ person('steps') }} as person,
        steps.no_depistage,
        steps.step,
        coalesce(steps.axe, 'inconnu') as axe,
        coalesce(steps.cible, detected.cible, 'inconnu') as cible,
        coalesce(steps.axe || ' × ' || coalesce(steps.cible, detected.cible), 'inconnu') as axe_cible,
        coalesce(detected.origin, 'inconnu') as source,
        coalesce(detected.gang, 'inconnu') as gang,
        coalesce(detected.sexe, 'inconnu') as sexe,
        steps.time_precision,
        steps.first_day,
        steps.last_day
    from steps
    left join detected on steps.sender = detected.sender and steps.natural_key = detected.natural_key
    left join {{ ref('dim_person') }} as dim_person on steps.token = dim_person.token
)

select * from final
