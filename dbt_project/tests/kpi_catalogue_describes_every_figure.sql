-- Every code and breakdown in the figures has its entry, and every entry has figures.
with figures as (
    select distinct
        code,
        breakdown
    from {{ ref('kpi_values') }}
)

select
    figures.code,
    figures.breakdown,
    catalogue.code as described
from figures
full outer join {{ ref('kpi_catalogue') }} as catalogue on figures.code = catalogue.code
where
    figures.code is null
    or catalogue.code is null
    or (
        figures.breakdown is not null
        and not list_contains(string_split(catalogue.breakdowns, ', '), figures.breakdown)
    )
