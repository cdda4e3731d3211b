with services as (
    select * from {{ ref('fct_service') }}
    where begins_on is not null and has_known_days
),

pairs as (
    select
        earlier.fact_id || ' ' || later.fact_id as fact_id,
        list_distinct(list_concat(earlier.event_ids, later.event_ids)) as event_ids,
        later.programme,
        later.territory,
        later.person,
        earlier.service as first_service,
        earlier.partner as first_partner,
        later.service as second_service,
        later.partner as second_partner,
        cast(coalesce(earlier.is_leader, false) as integer)
        + cast(coalesce(later.is_leader, false) as integer) as leaders,
        later.begins_on,
        -- Two services are known to be open side by side as long as the senders of both say so.
        case
            when least(earlier.ends_on, later.ends_on) <= coalesce(later.ends_on, later.known_to)
                and least(earlier.ends_on, later.ends_on) <= coalesce(earlier.ends_on, earlier.known_to)
                then least(earlier.ends_on, later.ends_on)
        end as ends_on,
        greatest(
            later.begins_on,
            least(coalesce(earlier.ends_on, earlier.known_to), coalesce(later.ends_on, later.known_to))
        ) as known_to
    from services as earlier
    inner join services as later
        on
            earlier.programme = later.programme
            and earlier.person = later.person
            and (earlier.begins_on, earlier.sender, earlier.no_demande)
            < (later.begins_on, later.sender, later.no_demande)
            and coalesce(earlier.ends_on, earlier.known_to) >= later.begins_on
),

final as (
    select
        *,
        date_diff('day', begins_on, coalesce(ends_on, known_to)) + 1 as days_open,
        'day' as time_precision,
        begins_on as first_day,
        coalesce(ends_on, known_to) as last_day
    from pairs
)

select * from final
