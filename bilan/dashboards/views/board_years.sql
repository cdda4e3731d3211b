-- A figure, or each part of it, through the years of its programme: levels are published as whole grids, so
-- that a part that was not seen in a year has its box there too. A year that is not told to its end says how
-- far: each line for itself, since logs stop at different dates.
with lines as (
    select
        release,
        diffusion_fr,
        diffusion_en,
        programme,
        if(level = 'breakdown', code || '/' || breakdown, code) as line_key,
        territory_fr,
        territory_en,
        coalesce(breakdown_value, code) as line,
        coalesce(breakdown_value_fr, name_fr) as line_fr,
        coalesce(breakdown_value_en, name_en) as line_en,
        period_kind,
        period_start,
        period_end,
        period_fr as year_fr,
        period_en as year_en,
        provisional_fr,
        provisional_en,
        figure_fr,
        figure_en,
        status,
        status_fr,
        status_en,
        value
    from main.figures
    where level in ('all', 'breakdown') and period_kind in ('programme_year', 'total')
),

ranked as (
    select
        lines.*,
        known.known_fr,
        known.known_en,
        100 * year(lines.period_start) + month(lines.period_start)
        + case lines.period_kind when 'total' then 1000000 else 0 end as year_rank,
        case
            when lines.period_kind <> 'total'
                then cast(ceil(4 * lines.value / nullif(max(lines.value) over one_grid, 0)) as integer)
        end as shade,
        max(case when lines.period_kind = 'total' then lines.value end) over one_line as total
    from lines
    inner join main.state as known on lines.release = known.release and lines.programme = known.programme
    window
        one_grid as (
            partition by
                lines.line_key, lines.release, lines.diffusion_fr, lines.diffusion_en, lines.programme,
                lines.territory_fr, lines.territory_en, lines.period_kind
        ),
        one_line as (
            partition by
                lines.line_key, lines.release, lines.diffusion_fr, lines.diffusion_en, lines.programme,
                lines.territory_fr, lines.territory_en, lines.line
        )
)

select
    *,
    dense_rank() over (
        one_grid
        order by line in ('autre', 'inconnu'), total desc nulls last, line asc
    ) as line_rank,
    year_rank = min(year_rank) over (one_grid) as is_first_year,
    year_rank = max(year_rank) over (one_grid) as is_last_year
from ranked
window one_grid as (
    partition by line_key, release, diffusion_fr, diffusion_en, programme, territory_fr, territory_en
)
