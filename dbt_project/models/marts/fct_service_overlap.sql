with services as (
    select * from {{ ref('fct_service') }}
    where begins_on is not null and has_known_days
),

horizons as (
    select distinct
        programme,
        horizon
    from {{ ref('dim_period') }}
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
        least(earlier.ends_on, later.ends_on) as ends_on
    from services as earlier
    inner join services as later
        on
            earlier.programme = later.programme
            and earlier.person = later.person
            and (earlier.begins_on, earlier.sender, earlier.no_demande)
            < (later.begins_on, later.sender, later.no_demande)
            and coalesce(earlier.ends_on >= later.begins_on, true)
),

final as (
    select
        pairs.*,
        date_diff('day', pairs.begins_on, coalesce(pairs.ends_on, horizons.horizon)) + 1 as days_open,
        'day' as time_precision,
        pairs.begins_on as first_day,
        coalesce(pairs.ends_on, horizons.horizon) as last_day
    from pairs
    inner join horizons on pairs.programme = horizons.programme
)

select * from final
