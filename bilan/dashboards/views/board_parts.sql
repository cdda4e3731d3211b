-- How a figure divides: the parts of one breakdown, or the territories, the longest first. A hidden part
-- keeps its name and has no width. The partition repeats every column that a board filters by, so that the
-- filter reaches the table.
with parts as (
    select
        release,
        diffusion_fr,
        diffusion_en,
        programme,
        code || '/' || breakdown as part_key,
        name_fr,
        name_en,
        territory_fr,
        territory_en,
        period_kind_fr,
        period_kind_en,
        period_fr,
        period_en,
        breakdown_value as part,
        breakdown_value_fr as part_fr,
        breakdown_value_en as part_en,
        figure_fr,
        figure_en,
        n_fr,
        n_en,
        status,
        status_fr,
        status_en,
        provisional_fr,
        provisional_en,
        value
    from main.figures
    where level = 'breakdown'
    union all
    select
        release,
        diffusion_fr,
        diffusion_en,
        programme,
        code || '/territory' as part_key,
        name_fr,
        name_en,
        'Tous les territoires' as territory_fr,
        'All territories' as territory_en,
        period_kind_fr,
        period_kind_en,
        period_fr,
        period_en,
        territory as part,
        territory_fr as part_fr,
        territory_en as part_en,
        figure_fr,
        figure_en,
        n_fr,
        n_en,
        status,
        status_fr,
        status_en,
        provisional_fr,
        provisional_en,
        value
    from main.figures
    where level = 'all' and territory is not null
)

select
    parts.*,
    known.known_fr,
    known.known_en,
    cast(
        greatest(1, round(100 * parts.value / nullif(max(parts.value) over parts_of_one, 0))) as integer
    ) as width,
    row_number() over (
        parts_of_one
        order by parts.part in ('autre', 'inconnu') asc, parts.value desc nulls last, parts.part_fr asc
    ) as part_rank
from parts
inner join main.state as known on parts.release = known.release and parts.programme = known.programme
where parts.status in ('value', 'true_zero', 'suppressed')
window parts_of_one as (
    partition by
        parts.part_key,
        parts.release,
        parts.diffusion_fr,
        parts.diffusion_en,
        parts.programme,
        parts.territory_fr,
        parts.territory_en, parts.period_kind_fr, parts.period_kind_en, parts.period_fr, parts.period_en
)
