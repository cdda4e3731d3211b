-- Axis by target, every box of it: youths detected and youths served, and the boxes where nobody is served.
-- The figure that has a companion by axis and target is of those detected, its companion of those served.
with axes (axis, axis_en, axis_rank) as (
    values ('primaire', 'primary', 1), ('secondaire', 'secondary', 2), ('tertiaire', 'tertiary', 3)
),

targets (target, target_en, target_rank) as (
    values ('client', 'client', 1), ('proxénète', 'pimp', 2), ('victime', 'victim', 3)
),

told as (
    select * from main.figures
    where level = 'breakdown' and breakdown = 'axe_cible'
),

-- Where the boxes are published, all of them are: one that was never seen holds nobody.
published as (
    select distinct
        release,
        diffusion_fr,
        diffusion_en,
        programme,
        territory_fr,
        territory_en,
        period_kind,
        period_kind_fr,
        period_kind_en,
        period_start,
        period_fr,
        period_en,
        code,
        status = 'not_yet_reported' as is_awaited
    from told
),

boxes as (
    select
        p.*,
        a.axis,
        a.axis_en,
        a.axis_rank,
        t.target,
        t.target_en,
        t.target_rank,
        case when told.code is not null then told.figure_fr when not p.is_awaited then '0' end as figure_fr,
        case when told.code is not null then told.figure_en when not p.is_awaited then '0' end as figure_en,
        coalesce(told.status, if(p.is_awaited, 'not_yet_reported', 'true_zero')) as status,
        told.status_fr,
        told.status_en,
        coalesce(told.value, case when told.code is null and not p.is_awaited then 0 end) as value
    from published as p
    cross join axes as a
    cross join targets as t
    left join told
        on
            p.release = told.release
            and p.programme = told.programme
            and p.code = told.code
            and p.territory_fr = told.territory_fr
            and p.period_kind = told.period_kind
            and p.period_start = told.period_start
            and told.breakdown_value = a.axis || ' × ' || t.target
)

select
    d.release,
    d.diffusion_fr,
    d.diffusion_en,
    d.programme,
    d.territory_fr,
    d.territory_en,
    d.period_kind_fr,
    d.period_kind_en,
    d.period_fr,
    d.period_en,
    d.axis as axis_fr,
    d.axis_en,
    d.axis_rank,
    d.target as target_fr,
    d.target_en,
    d.target_rank,
    d.figure_fr as detected_fr,
    d.figure_en as detected_en,
    s.figure_fr as served_fr,
    s.figure_en as served_en,
    d.status,
    d.status_fr,
    d.status_en,
    s.status as served_status,
    s.status_fr as served_status_fr,
    s.status_en as served_status_en,
    known.known_fr,
    known.known_en,
    coalesce(s.value = 0, false) as is_hole
from boxes as d
inner join main.state as known on d.release = known.release and d.programme = known.programme
inner join main.companions as beside on d.code = beside.code
inner join boxes as s
    on
        beside.companion = s.code
        and d.release = s.release
        and d.programme = s.programme
        and d.territory_fr = s.territory_fr
        and d.period_kind_fr = s.period_kind_fr
        and d.period_fr = s.period_fr
        and d.axis = s.axis
        and d.target = s.target
