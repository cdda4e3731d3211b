-- An organisation's own figures beside the total of all; in a file that is nobody's own there is none. Of a
-- log that it neither sent nor owes it has no figure, and a zero would say that it did nothing.
with told as (
    select
        release,
        log
    from main.reports
    where state <> 'not_due'
    union
    select
        releases.release,
        transmitted.log
    from main.transmitted, main.releases
),

owed as (
    select distinct
        told.release,
        kpi_catalogue.code
    from main.kpi_catalogue
    inner join told on list_contains(string_split(kpi_catalogue.logs, ', '), told.log)
)

select
    f.release,
    f.diffusion_fr,
    f.diffusion_en,
    f.programme,
    f.programme_fr,
    f.programme_en,
    f.territory_fr,
    f.territory_en,
    f.period_kind_fr,
    f.period_kind_en,
    f.period_fr,
    f.period_en,
    f.code,
    f.partner,
    f.name_fr,
    f.name_en,
    f.unit_fr,
    f.unit_en,
    f.figure_fr as own_fr,
    f.figure_en as own_en,
    f.n_fr,
    f.n_en,
    f.change_fr,
    f.change_en,
    f.change_unsure,
    f.status,
    f.status_fr,
    f.status_en,
    f.provisional_fr,
    f.provisional_en,
    everyone.figure_fr as all_fr,
    everyone.figure_en as all_en,
    everyone.status as all_status,
    everyone.status_fr as all_status_fr,
    everyone.status_en as all_status_en,
    case
        when f.format = 'count' and f.value <= everyone.value and everyone.value > 0
            then cast(round(100 * f.value / everyone.value) as integer)
    end as share
from main.figures as f
inner join main.figures as everyone
    on
        f.level = 'partner'
        and everyone.level = 'all'
        and f.release = everyone.release
        and f.code = everyone.code
        and f.programme = everyone.programme
        and f.territory_fr = everyone.territory_fr
        and f.period_kind = everyone.period_kind
        and f.period_start = everyone.period_start
left join owed on f.release = owed.release and f.code = owed.code
where owed.code is not null or f.value > 0
