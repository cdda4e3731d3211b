with started as (
    select
        services.programme,
        services.territory,
        services.person,
        services.service,
        services.partner,
        services.begins_on,
        services.ends_on,
        begun.fact_id,
        begun.event_ids,
        begun.first_day,
        begun.last_day,
        row_number() over (
            partition by services.programme, services.person
            order by services.begins_on, begun.last_day, services.sender, services.no_demande
        ) as step
    from {{ ref('fct_service') }} as services
    inner join {{ ref('fct_service_step') }} as begun on services.served_id = begun.fact_id
),

histories as (
    select * from {{ ref('fct_youth_axis') }}
),

-- To each service from the one before it, or from where the youth came.
arrivals as (
    select
        later.fact_id,
        list_concat(later.event_ids, coalesce(earlier.event_ids, histories.event_ids)) as event_ids,
        later.programme,
        later.territory,
        later.person,
        later.step,
        coalesce(
            earlier.service,
            case
                when histories.first_axis_on <= later.begins_on
                    then 'dépistage ' || histories.first_axis
            end,
            'demande'
        ) as from_service,
        earlier.partner as from_partner,
        later.service as to_service,
        later.partner as to_partner,
        later.first_day,
        later.last_day
    from started as later
    left join started as earlier
        on
            later.programme = earlier.programme
            and later.person = earlier.person
            and later.step = earlier.step + 1
    left join histories on later.programme = histories.programme and later.person = histories.person
),

lasts as (
    select *
    from started
    qualify
        row_number() over (partition by programme, person order by step desc) = 1
        and bool_and(ends_on is not null) over (partition by programme, person)
),

closings as (
    select
        programme,
        person,
        list_sort(list_distinct(flatten(list(event_ids)))) as event_ids,
        max(first_day) as first_day,
        max(last_day) as last_day
    from {{ ref('fct_service_step') }}
    where step = 'closed'
    group by programme, person
),

departures as (
    select
        lasts.fact_id || ' fin' as fact_id,
        list_concat(lasts.event_ids, closings.event_ids) as event_ids,
        lasts.programme,
        lasts.territory,
        lasts.person,
        lasts.step + 1 as step,
        lasts.service as from_service,
        lasts.partner as from_partner,
        'fin' as to_service,
        null as to_partner,
        closings.first_day,
        closings.last_day
    from lasts
    inner join closings on lasts.programme = closings.programme and lasts.person = closings.person
),

moves as (
    select * from arrivals
    union all
    select * from departures
),

final as (
    select
        moves.* replace (list_sort(list_distinct(moves.event_ids)) as event_ids),
        -- From service to service there are too many ways for any of them to be published.
        case
            when moves.to_service = 'fin' then 'service > fin'
            when moves.step = 1 then moves.from_service || ' > service'
            when moves.from_service = moves.to_service then 'service > même service'
            else 'service > autre service'
        end as trajet
    from moves
)

select * from final
