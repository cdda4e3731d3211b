-- Quarter by quarter, inside the period asked for; beside each, the running total since the beginning. What
-- no statement reaches is no column: the line stops there.
with periods as (
    select distinct
        release,
        programme,
        period_kind_fr,
        period_kind_en,
        period_fr,
        period_en,
        period_start,
        period_end
    from main.figures
    where level = 'all' and period_kind in ('total', 'phase', 'programme_year', 'fiscal_year')
),

quarters as (
    select
        q.release,
        q.diffusion_fr,
        q.diffusion_en,
        q.code,
        q.programme,
        q.territory_fr,
        q.territory_en,
        p.period_kind_fr,
        p.period_kind_en,
        p.period_fr,
        p.period_en,
        q.name_fr,
        q.name_en,
        q.period_start as quarter,
        concat_ws(', ', q.period_fr, q.provisional_fr) as quarter_fr,
        concat_ws(', ', q.period_en, q.provisional_en) as quarter_en,
        q.value,
        q.running,
        q.figure_fr,
        q.figure_en,
        q.status,
        q.status_fr,
        q.status_en,
        -- 8 March 2011: the first public account of MOBILIS
        q.programme = 'MOBILIS' and date '2011-03-08' between q.period_start and q.period_end as is_marked
    from main.figures as q
    inner join periods as p
        on
            q.release = p.release
            and q.programme = p.programme
            and q.period_end >= p.period_start
            and q.period_start <= coalesce(p.period_end, date '9999-12-31')
    where q.level = 'all' and q.period_kind = 'quarter' and q.status in ('value', 'true_zero', 'suppressed')
)

select
    quarters.*,
    known.known_fr,
    known.known_en,
    cast(round(100 * quarters.value / nullif(max(quarters.value) over one_series, 0)) as integer) as height
from quarters
inner join main.state as known on quarters.release = known.release and quarters.programme = known.programme
window one_series as (
    partition by
        quarters.code, quarters.release, quarters.diffusion_fr, quarters.diffusion_en, quarters.programme,
        quarters.territory_fr, quarters.territory_en,
        period_kind_fr, period_kind_en, period_fr, period_en
)
