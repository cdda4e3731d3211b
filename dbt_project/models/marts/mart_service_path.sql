with moves as (
    select * from {{ ref('fct_service_move') }}
),

final as (
    select
        cell.programme,
        cell.period_kind,
        cell.period_start,
        fact.step,
        fact.from_service,
        fact.from_partner,
        fact.to_service,
        fact.to_partner,
        count(distinct fact.person) as youths
    from {{ ref('dim_cell') }} as cell
    inner join moves as fact on cell.programme = fact.programme and {{ held('within') }}
    where cell.territory is null
    group by all
)

select * from final
