with steps as (
    select * from {{ ref('fct_service_step') }}
),

made as (
    select * from steps
    where step = 'made'
),

closed as (
    select * from steps
    where step = 'closed'
),

served as (
    select
        steps.*,
        told.meneur as is_leader
    from steps
    inner join {{ as_of('request_served') }} as told on steps.fact_id = told.event_id
),

-- Withdrawn in part or told out of order, a start still counts without its request.
requested as (
    select
        coalesce(made.fact_id, served.fact_id) as fact_id,
        list_concat(made.event_ids, served.event_ids) as event_ids,
        coalesce(served.partner, made.partner) as partner,
        coalesce(made.sender, served.sender) as sender,
        coalesce(served.programme, made.programme) as programme,
        coalesce(served.territory, made.territory) as territory,
        coalesce(served.person, made.person) as person,
        coalesce(made.no_demande, served.no_demande) as no_demande,
        coalesce(served.service, made.service) as service,
        served.is_leader,
        served.fact_id as served_id,
        served.time_precision as served_precision,
        served.first_day as begins_on,
        coalesce(made.time_precision, served.time_precision) as time_precision,
        coalesce(made.first_day, served.first_day) as first_day,
        coalesce(made.last_day, served.last_day) as last_day
    from made
    full outer join served on made.sender = served.sender and made.no_demande = served.no_demande
),

-- The day it began counts, the day it ended does not.
opened as (
    select
        requested.* replace (
            list_distinct(list_concat(requested.event_ids, closed.event_ids)) as event_ids
        ),
        case
            when requested.begins_on is not null and closed.last_day is not null
                then greatest(requested.begins_on, cast(closed.last_day - interval 1 day as date))
        end as ends_on,
        closed.last_day as closed_by,
        case
            when requested.begins_on is not null and closed.last_day is null
                then greatest(requested.begins_on, told.covered_to)
        end as known_to,
        requested.served_precision = 'day' and coalesce(closed.time_precision, 'day') = 'day'
            as has_known_days
    from requested
    left join closed on requested.sender = closed.sender and requested.no_demande = closed.no_demande
    left join {{ ref('state_report') }} as told
        on
            requested.programme = told.programme
            and requested.sender = told.sender
            and told.log = 'trajectoires'
),

-- An end of the same service with the same provider, before this one began.
returns as (
    select
        later.fact_id,
        list_distinct(flatten(list(earlier.event_ids))) as event_ids
    from opened as later
    inner join opened as earlier
        on
            later.programme = earlier.programme
            and later.person = earlier.person
            and later.partner = earlier.partner
            and later.service = earlier.service
            and later.fact_id <> earlier.fact_id
            and earlier.begins_on is not null
            and later.begins_on >= earlier.closed_by
    group by later.fact_id
),

first_requests as (
    select * from made
    qualify
        row_number() over (
            partition by programme, person
            order by first_day, last_day, sender, no_demande
        ) = 1
),

first_starts as (
    select * from served
    qualify
        row_number() over (
            partition by programme, person
            order by first_day, last_day, sender, no_demande
        ) = 1
),

waits as (
    select
        first_starts.fact_id as served_id,
        first_requests.event_ids,
        {{ days_between('first_requests', 'first_starts') }} as days_from_first_request
    from first_starts
    inner join first_requests
        on
            first_starts.programme = first_requests.programme
            and first_starts.person = first_requests.person
),

final as (
    select
        opened.* replace (
            list_distinct(
                list_concat(list_concat(opened.event_ids, returns.event_ids), waits.event_ids)
            ) as event_ids
        ),
        returns.fact_id is not null as is_return,
        -- On the youth's first service alone; a start told before its request says nothing of the wait.
        case when waits.days_from_first_request >= 0 then waits.days_from_first_request end
            as days_from_first_request
    from opened
    left join returns on opened.fact_id = returns.fact_id
    left join waits on opened.served_id = waits.served_id
)

select * from final
