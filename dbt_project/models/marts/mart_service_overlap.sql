with pairs as (
    select * from {{ ref('fct_service_overlap') }}
),

final as (
    select
        cell.programme,
        cell.period_kind,
        cell.period_start,
        fact.first_service,
        fact.first_partner,
        fact.second_service,
        fact.second_partner,
        count(distinct fact.person) as youths,
        count(*) as pairs,
        sum({{ days_held() }}) as days_open,
        count(*) filter (where fact.leaders = 0) as led_by_nobody,
        count(*) filter (where fact.leaders = 1) as led_by_one,
        count(*) filter (where fact.leaders = 2) as led_by_both
    from {{ ref('dim_cell') }} as cell
    inner join pairs as fact on cell.programme = fact.programme and {{ held('overlaps') }}
    where cell.territory is null
    group by all
)

select * from final
