-- Where a figure has a numerator, it is the numerator over the denominator, and a share is within 0 and 1.
select *
from {{ ref('kpi_values') }}
where
    numerator is not null
    and value is not null
    and (value <> numerator / coalesce(denominator, 1) or numerator > coalesce(denominator, numerator))
