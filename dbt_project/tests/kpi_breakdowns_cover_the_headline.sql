-- No value of a breakdown counts more than the headline, and together they count no less.
with headlines as (
    select * from {{ ref('kpi_values') }}
    where breakdown is null and partner is null
),

parts as (
    select * from {{ ref('kpi_values') }}
    where breakdown is not null
)

select
    headlines.code,
    headlines.programme,
    headlines.territory,
    headlines.period_kind,
    headlines.period_start,
    parts.breakdown
from headlines
inner join {{ ref('kpi_catalogue') }} as catalogue
    on headlines.code = catalogue.code and catalogue.format = 'count'
inner join parts
    on
        headlines.code = parts.code
        and headlines.programme = parts.programme
        and headlines.territory is not distinct from parts.territory
        and headlines.period_kind = parts.period_kind
        and headlines.period_start = parts.period_start
group by all
having sum(parts.value) < any_value(headlines.value) or max(parts.value) > any_value(headlines.value)
