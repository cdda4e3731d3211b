-- How a figure divides; a hidden part keeps its name, says that it is hidden, and has no bar.
parts as (
    select
        code, programme, genre_periode, periode, territoire, value, status,
        breakdown,
        breakdown_value_fr as part
    from cellules
    where partner is null and breakdown is not null
    union all
    select
        code, programme, genre_periode, periode, 'Tous les territoires' as territoire, value, status,
        'territoire' as breakdown,
        territoire as part
    from cellules
    where partner is null and breakdown is null and territoire <> 'Tous les territoires'
)
select
    code,
    programme,
    territoire,
    genre_periode,
    periode,
    breakdown as ventilation,
    case when status = 'suppressed' then part || ' (masqué)' else part end as part,
    value as nombre
from parts
where status in ('value', 'true_zero', 'suppressed')
