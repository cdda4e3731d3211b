-- Every figure that is shown of the period and territory asked for, statuses written out.
select
    release,
    diffusion_fr,
    diffusion_en,
    programme,
    programme_fr,
    programme_en,
    territory_fr,
    territory_en,
    period_kind_fr,
    period_kind_en,
    period_fr,
    period_en,
    level,
    code,
    name_fr,
    name_en,
    case level
        when 'all' then 'ensemble'
        when 'partner' then 'votre organisation'
        else breakdown_fr || ' : ' || breakdown_value_fr
    end as part_fr,
    case level
        when 'all' then 'all'
        when 'partner' then 'your organisation'
        else breakdown_en || ': ' || breakdown_value_en
    end as part_en,
    coalesce(figure_fr, '—') as figure_fr,
    coalesce(figure_en, '—') as figure_en,
    n_fr,
    n_en,
    interval_fr,
    interval_en,
    link_rate_fr,
    link_rate_en,
    provisional_fr,
    provisional_en,
    status_fr,
    status_en
from main.figures
where level in ('all', 'breakdown', 'partner')
