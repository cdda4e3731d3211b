-- One figure per code, programme, territory, partner, period and value of a breakdown.
select
    code,
    programme,
    territory,
    partner,
    period_kind,
    period_start,
    breakdown,
    breakdown_value
from {{ ref('kpi_values') }}
group by all
having count(*) > 1
