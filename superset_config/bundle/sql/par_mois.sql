-- Month by month, inside the period asked for; beside it the running total since the programme began.
-- A running total adds the largest published periods that fill it (fiscal years, then quarters, then
-- months), so that one hidden month does not hide the rest; where a piece is hidden there is none.
-- Only events add up: persons would be counted once per month.
entieres as (
    select
        *,
        case period_kind when 'fiscal_year' then 3 when 'quarter' then 2 when 'month' then 1 end as taille
    from cellules
    where partner is null and breakdown is null and period_kind in ('fiscal_year', 'quarter', 'month')
),
mois as (
    select * from entieres
    where period_kind = 'month' and status in ('value', 'true_zero', 'suppressed')
),
morceaux as (
    select
        m.code,
        m.programme,
        m.territoire,
        m.period_start,
        c.value
    from mois as m
    inner join entieres as c
        on m.code = c.code and m.programme = c.programme and m.territoire = c.territoire
        and c.period_end <= m.period_end
    where
        m.code in ('M02', 'M04.concluded', 'M05.meetings', 'M06', 'P02.attendances', 'P09')
        and not exists (
            select 1 from entieres as plus_grande
            where
                plus_grande.code = c.code
                and plus_grande.programme = c.programme
                and plus_grande.territoire = c.territoire
                and plus_grande.taille > c.taille
                and plus_grande.period_start <= c.period_start
                and plus_grande.period_end >= c.period_end
                and plus_grande.period_end <= m.period_end
        )
),
cumuls as (
    select
        code,
        programme,
        territoire,
        period_start,
        case when count(value) = count(*) then sum(value) end as cumul
    from morceaux
    group by code, programme, territoire, period_start
),
periodes as (
    select distinct programme, genre_periode, periode, period_start, period_end from cellules
)
select
    m.code,
    m.programme,
    m.territoire,
    p.genre_periode,
    p.periode,
    m.period_start as mois,
    m.value as nombre,
    case when m.status = 'suppressed' then 4 end as masque,
    c.cumul
from mois as m
inner join periodes as p
    on m.programme = p.programme
    and m.period_start >= p.period_start
    and m.period_start <= coalesce(p.period_end, date '9999-12-31')
left join cumuls as c
    on m.code = c.code and m.programme = c.programme and m.territoire = c.territoire
    and m.period_start = c.period_start
