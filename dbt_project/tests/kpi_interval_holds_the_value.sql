-- A figure lies within its interval, and an interval has both ends or is open above.
select *
from {{ ref('kpi_values') }}
where
    value < low
    or value > high
    or (low is null and high is not null)
    or (low is not null and value is null)
