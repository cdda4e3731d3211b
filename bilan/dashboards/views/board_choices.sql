-- What the filters offer, with the order in which they offer it.
with kinds (period_kind, kind_rank) as (
    values ('total', 1), ('phase', 2), ('programme_year', 3), ('fiscal_year', 4), ('quarter', 5), ('month', 6)
)

select distinct
    f.diffusion_fr,
    f.diffusion_en,
    -f.release as diffusion_rank,
    f.programme,
    f.programme_fr,
    f.programme_en,
    f.period_kind_fr,
    f.period_kind_en,
    k.kind_rank,
    f.period_fr,
    f.period_en,
    100 * year(f.period_start) + month(f.period_start) as period_rank,
    f.territory_fr,
    f.territory_en,
    case when f.territory is null then 0 else 1 end as territory_rank
from main.figures as f
inner join kinds as k on f.period_kind = k.period_kind
where f.level = 'all'
