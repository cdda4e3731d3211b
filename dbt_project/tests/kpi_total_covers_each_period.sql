-- What is counted in a period is counted since the beginning.
with headlines as (
    select figures.*
    from {{ ref('kpi_values') }} as figures
    inner join {{ ref('kpi_catalogue') }} as catalogue
        on figures.code = catalogue.code and catalogue.format in ('count', 'amount')
    where figures.breakdown is null and figures.partner is null
)

select
    periods.code,
    periods.programme,
    periods.territory,
    periods.period_kind,
    periods.period_start
from headlines as periods
inner join headlines as totals
    on
        periods.code = totals.code
        and periods.programme = totals.programme
        and periods.territory is not distinct from totals.territory
        and totals.period_kind = 'total'
where periods.value > totals.value
