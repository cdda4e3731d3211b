with made as (
    select * from {{ as_of('referral_made') }}
),

steps as (
    select
        *,
        'made' as step,
        null as raison_refus
    from made
    union all by name
    select
        *,
        'accepted' as step
    from {{ as_of('referral_accepted') }}
    union all by name
    select
        *,
        'refused' as step
    from {{ as_of('referral_refused') }}
    union all by name
    select
        *,
        'started' as step
    from {{ as_of('service_started') }}
    union all by name
    select
        *,
        'ended' as step
    from {{ as_of('service_ended') }}
),

-- A referral's number is its sender's own.
final as (
    select
        steps.event_id as fact_id,
        list_distinct(list_concat({{ events_behind('steps') }}, [made.event_id])) as event_ids,
        steps.sender as partner,
        made.vers as made_to,
        steps.programme,
        steps.territory,
        {{ person('steps') }} as person,
        steps.no_reference,
        steps.step,
        coalesce(steps.raison_refus, 'inconnu') as raison_refus,
        {{ days_between('made', 'steps') }} as days_from_demand,
        steps.time_precision,
        steps.first_day,
        steps.last_day
    from steps
    left join made on steps.sender = made.sender and steps.no_reference = made.no_reference
    left join {{ ref('dim_person') }} as dim_person on steps.token = dim_person.token
)

select * from final
