-- A figure is there if and only if its status says so, and a count of nothing is a true zero.
select
    figures.*,
    catalogue.format
from {{ ref('kpi_values') }} as figures
inner join {{ ref('kpi_catalogue') }} as catalogue on figures.code = catalogue.code
where
    (figures.value is not null) <> (figures.status in ('value', 'true_zero'))
    or (figures.status = 'true_zero')
    <> coalesce(figures.value = 0 and catalogue.format in ('count', 'amount'), false)
    or (figures.status = 'missing' and catalogue.format in ('count', 'amount'))
