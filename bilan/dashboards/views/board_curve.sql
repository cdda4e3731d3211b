-- The share of youths who reached the tertiary axis, by months since they were known at the secondary one.
with points as (
    select
        *,
        cast(regexp_extract(code, 'at_(\d+)_months', 1) as integer) as months
    from main.figures
    where level = 'all' and regexp_matches(code, '\.at_\d+_months$')
)

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
    months,
    value as share,
    low,
    high,
    figure_fr,
    figure_en,
    n_fr,
    n_en,
    interval_fr,
    interval_en,
    status_fr,
    status_en
from points
union all
select distinct
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
    0 as months,
    0.0 as share,
    0.0 as low,
    0.0 as high,
    '0 %' as figure_fr,
    '0%' as figure_en,
    '' as n_fr,
    '' as n_en,
    '' as interval_fr,
    '' as interval_en,
    '' as status_fr,
    '' as status_en
from points
where value is not null
