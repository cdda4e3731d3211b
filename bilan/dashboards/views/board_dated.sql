-- What happened when, for what counts nobody: outreach, month by month.
select
    release,
    diffusion_fr,
    diffusion_en,
    programme,
    territory_fr,
    territory_en,
    code || '/' || breakdown as part_key,
    period_start as month,
    period_fr as month_fr,
    period_en as month_en,
    breakdown_value_fr as part_fr,
    breakdown_value_en as part_en,
    figure_fr,
    figure_en
from main.figures
where level = 'breakdown' and period_kind = 'month' and value > 0
