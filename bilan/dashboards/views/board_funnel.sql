-- Measures that follow from one another: each as long as its share of the one that its code begins with.
select
    f.release,
    f.diffusion_fr,
    f.diffusion_en,
    f.programme,
    f.territory_fr,
    f.territory_en,
    f.period_kind_fr,
    f.period_kind_en,
    f.period_fr,
    f.period_en,
    f.code,
    f.name_fr,
    f.name_en,
    f.figure_fr,
    f.figure_en,
    f.status,
    f.status_fr,
    f.status_en,
    f.provisional_fr,
    f.provisional_en,
    known.known_fr,
    known.known_en,
    cast(greatest(1, least(100, round(100 * f.value / nullif(asked.value, 0)))) as integer) as width
from main.figures as f
inner join main.state as known on f.release = known.release and f.programme = known.programme
left join main.figures as asked
    on
        asked.level = 'all'
        and split_part(f.code, '.', 1) = asked.code
        and f.release = asked.release
        and f.programme = asked.programme
        and f.territory_fr = asked.territory_fr
        and f.period_kind = asked.period_kind
        and f.period_start = asked.period_start
where f.level = 'all' and f.format = 'count'
