-- A figure, or each part of it, through the years of its programme: a dense grid, so that a part that was not
-- seen in a year has its box there too. What the headline does not tell, its parts do not either. A year that
-- is not told to its end says how far: each line for itself, since logs stop at different dates.
with headlines as (
    select *
    from main.figures
    where level = 'all' and period_kind in ('programme_year', 'total')
),

parts as (
    select distinct
        release,
        programme,
        code,
        territory_fr,
        breakdown,
        breakdown_value,
        breakdown_value_fr,
        breakdown_value_en
    from main.figures
    where level = 'breakdown' and period_kind = 'total'
),

boxes as (
    select
        h.*,
        p.breakdown as by_what,
        p.breakdown_value as part,
        p.breakdown_value_fr as part_fr,
        p.breakdown_value_en as part_en
    from headlines as h
    inner join parts as p
        on h.release = p.release
            and h.programme = p.programme
            and h.code = p.code
            and h.territory_fr = p.territory_fr
),

lines as (
    select
        b.release,
        b.diffusion_fr,
        b.diffusion_en,
        b.programme,
        b.code || '/' || b.by_what as line_key,
        b.territory_fr,
        b.territory_en,
        b.part as line,
        b.part_fr as line_fr,
        b.part_en as line_en,
        b.period_kind,
        b.period_start,
        b.period_end,
        b.period_fr as year_fr,
        b.period_en as year_en,
        b.provisional_fr,
        b.provisional_en,
        case
            when f.code is not null then f.figure_fr
            when b.figure_fr is not null then '0'
        end as figure_fr,
        case
            when f.code is not null then f.figure_en
            when b.figure_en is not null then '0'
        end as figure_en,
        coalesce(f.status, b.status) as status,
        coalesce(f.status_fr, b.status_fr) as status_fr,
        coalesce(f.status_en, b.status_en) as status_en,
        f.value
    from boxes as b
    left join main.figures as f
        on
            f.level = 'breakdown'
            and b.release = f.release
            and b.programme = f.programme
            and b.code = f.code
            and b.territory_fr = f.territory_fr
            and b.period_kind = f.period_kind
            and b.period_start = f.period_start
            and b.by_what = f.breakdown
            and b.part = f.breakdown_value
    union all
    select
        release,
        diffusion_fr,
        diffusion_en,
        programme,
        code as line_key,
        territory_fr,
        territory_en,
        code as line,
        name_fr as line_fr,
        name_en as line_en,
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
    from headlines
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
