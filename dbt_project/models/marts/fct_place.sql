with requested as (
    select * from {{ as_of('place_requested') }}
),

vacated as (
    select * from {{ as_of('place_vacated') }}
),

steps as (
    select
        *,
        'requested' as step,
        cast(null as varchar) as raison_refus,
        cast(null as varchar) as lieu
    from requested
    union all by name
    select
        *,
        'offered' as step
    from {{ as_of('place_offered') }}
    union all by name
    select
        *,
        'refused' as step
    from {{ as_of('place_refused') }}
    union all by name
    select
        *,
        'occupied' as step
    from {{ as_of('place_occupied') }}
),

-- A request's number is its sender's own. The day of arrival counts, the day of departure does not.
final as (
    select
        steps.event_id as fact_id,
        list_distinct(list_concat(
            {{ events_behind('steps') }},
            [requested.event_id, case when steps.step = 'occupied' then vacated.event_id end]
        )) as event_ids,
        coalesce(steps.ressource, requested.ressource) as partner,
        steps.sender,
        steps.programme,
        steps.territory,
        {{ person('steps') }} as person,
        steps.no_demande,
        steps.step,
        coalesce(steps.urgence, requested.urgence) as is_urgent,
        coalesce(steps.raison_refus, 'inconnu') as raison_refus,
        coalesce(steps.lieu, 'inconnu') as lieu,
        case when steps.step = 'occupied' then steps.first_day end as begins_on,
        case
            when steps.step = 'occupied' and vacated.last_day is not null
                then greatest(steps.first_day, cast(vacated.last_day - interval 1 day as date))
        end as ends_on,
        case
            when steps.step = 'occupied' and vacated.last_day is null
                then greatest(steps.first_day, told.covered_to)
        end as known_to,
        steps.step = 'occupied'
        and steps.time_precision = 'day'
        and coalesce(vacated.time_precision, 'day') = 'day' as has_known_days,
        steps.time_precision,
        steps.first_day,
        steps.last_day
    from steps
    left join requested on steps.sender = requested.sender and steps.natural_key = requested.natural_key
    left join vacated on steps.sender = vacated.sender and steps.natural_key = vacated.natural_key
    left join {{ ref('dim_person') }} as dim_person on steps.token = dim_person.token
    left join {{ ref('state_report') }} as told
        on steps.programme = told.programme and steps.sender = told.sender and told.log = 'hebergements'
)

select * from final
