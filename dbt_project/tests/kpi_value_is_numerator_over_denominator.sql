-- Where a figure has a numerator and no estimate, it is the numerator over the denominator; a share is within
-- 0 and 1.
select figures.*
from {{ ref('kpi_values') }} as figures
inner join {{ ref('kpi_catalogue') }} as catalogue on figures.code = catalogue.code
where
    figures.numerator is not null
    and figures.value is not null
    and (
        (catalogue.estimate = '' and figures.value <> figures.numerator / coalesce(figures.denominator, 1))
        or (catalogue.format = 'rate' and figures.numerator > figures.denominator)
    )
