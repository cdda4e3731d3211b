with demands as (
    select
        programme,
        partner,
        person,
        axe,
        cible,
        'detected' as what,
        first_day,
        last_day
    from {{ ref('fct_detection') }}
    where step = 'detected'
    union all
    select
        programme,
        partner,
        person,
        axe,
        cible,
        step as what,
        first_day,
        last_day
    from {{ ref('fct_service_step') }}
    where step in ('made', 'served')
),

partners as (
    select distinct
        programme,
        partner
    from demands
    where partner is not null
    union all
    select distinct
        programme,
        null as partner
    from demands
),

grid as (
    select
        cell.programme,
        partners.partner,
        axes.unnest as axe,
        targets.unnest as cible,
        cell.period_kind,
        cell.period_start,
        cell.first_day,
        cell.last_day
    from {{ ref('dim_cell') }} as cell
    inner join partners on cell.programme = partners.programme
    cross join unnest(['primaire', 'secondaire', 'tertiaire']) as axes
    cross join unnest(['victime', 'proxénète', 'client']) as targets
    where cell.territory is null
),

counted as (
    select
        cell.programme,
        cell.partner,
        cell.axe,
        cell.cible,
        cell.period_kind,
        cell.period_start,
        count(distinct fact.person) filter (where fact.what = 'detected') as youths_detected,
        count(fact.what) filter (where fact.what = 'made') as requests,
        count(distinct fact.person) filter (where fact.what = 'served') as youths_served
    from grid as cell
    left join demands as fact
        on
            cell.programme = fact.programme
            and {{ held('within') }}
            and (cell.partner is null or cell.partner = fact.partner)
            and cell.axe = fact.axe
            and cell.cible = fact.cible
    group by all
),

final as (
    select
        *,
        youths_detected + requests > 0 and youths_served = 0 as is_hole,
        youths_served > 0 as is_covered
    from counted
)

select * from final
