-- Key figures: one row per measure, period and territory, with what is said beside it by its companion.
select
    f.release,
    f.diffusion_fr,
    f.diffusion_en,
    f.code,
    f.programme,
    f.programme_fr,
    f.programme_en,
    f.territory_fr,
    f.territory_en,
    f.period_kind_fr,
    f.period_kind_en,
    f.period_fr,
    f.period_en,
    f.name_fr,
    f.name_en,
    case when f.format <> 'amount' then f.unit_fr end as unit_fr,
    case when f.format <> 'amount' then f.unit_en end as unit_en,
    f.figure_fr,
    f.figure_en,
    f.n_fr,
    f.n_en,
    f.interval_fr,
    f.interval_en,
    f.change_fr,
    f.change_en,
    f.change_unsure,
    f.status,
    f.status_fr,
    f.status_en,
    f.value,
    f.provisional_fr,
    f.provisional_en,
    known.known_fr,
    known.known_en,
    replace(c.said_fr, '{}', companion.figure_fr) as companion_fr,
    replace(c.said_en, '{}', companion.figure_en) as companion_en
from main.figures as f
inner join main.state as known on f.release = known.release and f.programme = known.programme
left join main.companions as c on f.code = c.code and f.figure_fr is not null
left join main.figures as companion
    on
        c.companion = companion.code
        and f.level = companion.level
        and f.release = companion.release
        and f.programme = companion.programme
        and f.territory_fr = companion.territory_fr
        and f.period_kind = companion.period_kind
        and f.period_start = companion.period_start
where f.level = 'all'
