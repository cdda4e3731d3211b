-- Distinct persons are never more than what they took part in; youths referred were met.
with pairs as (
    select
        'P02' as fewer,
        'P02.attendances' as more
    union all
    select
        'M05' as fewer,
        'M05.met' as more
    union all
    select
        'M05.met' as fewer,
        'M05.meetings' as more
)

select
    few.*,
    many.value as events
from pairs
inner join {{ ref('kpi_values') }} as few on pairs.fewer = few.code
inner join {{ ref('kpi_values') }} as many
    on
        pairs.more = many.code
        and few.programme = many.programme
        and few.territory is not distinct from many.territory
        and few.partner is not distinct from many.partner
        and few.period_kind = many.period_kind
        and few.period_start = many.period_start
        and few.breakdown is not distinct from many.breakdown
        and few.breakdown_value is not distinct from many.breakdown_value
where few.value > many.value or few.n_persons > many.value
