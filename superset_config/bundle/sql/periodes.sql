-- What the filters offer, in the order in which they offer it.
rangs (period_kind, rang) as (
    values ('total', 1), ('phase', 2), ('programme_year', 3), ('fiscal_year', 4), ('quarter', 5), ('month', 6)
)
select distinct
    c.programme,
    c.genre_periode,
    c.periode,
    c.territoire,
    r.rang,
    100 * year(c.period_start) + month(c.period_start) as depuis,
    case when c.territoire = 'Tous les territoires' then 0 else 1 end as rang_territoire
from cellules as c
inner join rangs as r on c.period_kind = r.period_kind
where c.partner is null and c.breakdown is null
