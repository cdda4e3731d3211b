-- From one service to the next. Hidden moves are told together, by what the shown ones leave of the total.
with moves as (
    select *
    from main.figures
    where
        code in (
            select kpi_catalogue.code from main.kpi_catalogue
            where list_contains(string_split(kpi_catalogue.breakdowns, ', '), 'trajet')
        )
),

shown as (
    select
        release,
        diffusion_fr,
        diffusion_en,
        programme,
        territory_fr,
        territory_en,
        period_kind_fr,
        period_kind_en,
        period_fr,
        period_en,
        split_part(breakdown_value_fr, ' > ', 1) as from_fr,
        split_part(breakdown_value_en, ' > ', 1) as from_en,
        split_part(breakdown_value_fr, ' > ', 2) as to_fr,
        split_part(breakdown_value_en, ' > ', 2) as to_en,
        value as moves
    from moves
    where level = 'breakdown' and value > 0
)

select * from shown
union all
select
    t.release,
    t.diffusion_fr,
    t.diffusion_en,
    t.programme,
    t.territory_fr,
    t.territory_en,
    t.period_kind_fr,
    t.period_kind_en,
    t.period_fr,
    t.period_en,
    'autres parcours' as from_fr,
    'other paths' as from_en,
    'masqués pour protéger' as to_fr,
    'hidden to protect' as to_en,
    t.value - coalesce(sum(s.moves), 0) as moves
from moves as t
left join shown as s
    on
        t.release = s.release and t.programme = s.programme
        and t.territory_fr = s.territory_fr
        and t.period_kind_fr = s.period_kind_fr
        and t.period_fr = s.period_fr
where t.level = 'all' and t.value is not null
group by
    t.release, t.diffusion_fr, t.diffusion_en, t.programme, t.territory_fr, t.territory_en,
    t.period_kind_fr, t.period_kind_en, t.period_fr, t.period_en, t.value
having t.value > coalesce(sum(s.moves), 0)
