with requested as (
    select
        analyses.*,
        {{ person('analyses') }} as person
    from {{ as_of('analysis_requested') }} as analyses
    left join {{ ref('dim_person') }} as dim_person on analyses.token = dim_person.token
),

declared as (
    select * from {{ as_of('analysis_duplicated') }}
),

-- The same youth or account, sought by another partner not long before.
repeated as (
    select
        later.event_id,
        list_sort(list(distinct earlier.event_id)) as event_ids
    from requested as later
    inner join requested as earlier
        on
            later.programme = earlier.programme
            and (later.person = earlier.person or later.compte = earlier.compte)
            and later.demandeur <> earlier.demandeur
            and later.time_precision = 'day'
            and earlier.time_precision = 'day'
            and (earlier.first_day, earlier.sender, earlier.no_demande)
            < (later.first_day, later.sender, later.no_demande)
            and date_diff('day', earlier.first_day, later.first_day) <= {{ var('duplicate_window_days') }}
    group by later.event_id
),

steps as (
    select
        * exclude (person),
        'requested' as step
    from requested
    union all by name
    select
        *,
        'completed' as step
    from {{ as_of('analysis_completed') }}
    union all by name
    select
        *,
        'flagged' as step
    from {{ as_of('publication_flagged') }}
    union all by name
    select
        * exclude (transmise_a),
        'transmitted' as step
    from {{ as_of('publication_transmitted') }}
    union all by name
    select
        *,
        'followed' as step
    from {{ as_of('publication_followed') }}
),

-- A request's number is its sender's own.
final as (
    select
        steps.event_id as fact_id,
        list_distinct(list_concat(
            {{ events_behind('steps') }},
            list_concat([requested.event_id, declared.event_id], repeated.event_ids)
        )) as event_ids,
        requested.demandeur as partner,
        steps.sender,
        steps.programme,
        steps.territory,
        {{ person('steps') }} as person,
        steps.no_demande,
        steps.step,
        coalesce(steps.moyen, requested.moyen, 'inconnu') as moyen,
        steps.step = 'requested'
        and (declared.event_id is not null or repeated.event_id is not null) as is_duplicate,
        steps.time_precision,
        steps.first_day,
        steps.last_day
    from steps
    left join requested on steps.sender = requested.sender and steps.natural_key = requested.natural_key
    left join declared
        on
            steps.step = 'requested'
            and steps.sender = declared.sender
            and steps.natural_key = declared.natural_key
    left join repeated on steps.step = 'requested' and steps.event_id = repeated.event_id
    left join {{ ref('dim_person') }} as dim_person on steps.token = dim_person.token
)

select * from final
