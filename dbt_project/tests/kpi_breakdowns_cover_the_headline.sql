-- No value of a breakdown counts more than the headline, and together they count no less.
with headlines as (
    select
        figures.*,
        unnest(string_split(catalogue.breakdowns, ', ')) as declared
    from {{ ref('kpi_values') }} as figures
    inner join {{ ref('kpi_catalogue') }} as catalogue
        on
            figures.code = catalogue.code
            and catalogue.format in ('count', 'amount')
            and catalogue.breakdowns <> ''
    where figures.breakdown is null and figures.partner is null
),

parts as (
    select * from {{ ref('kpi_values') }}
    where breakdown is not null and partner is null
)

select
    headlines.code,
    headlines.programme,
    headlines.territory,
    headlines.period_kind,
    headlines.period_start,
    headlines.declared
from headlines
left join parts
    on
        headlines.code = parts.code
        and headlines.programme = parts.programme
        and headlines.territory is not distinct from parts.territory
        and headlines.period_kind = parts.period_kind
        and headlines.period_start = parts.period_start
        and headlines.declared = parts.breakdown
group by all
having
    round(coalesce(sum(parts.value), 0), 2) < any_value(headlines.value) -- dollars have cents
    or max(parts.value) > any_value(headlines.value)
