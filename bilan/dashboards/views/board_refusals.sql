-- Rows that were refused, each column once under a heading of each language.
select
    release,
    diffusion_fr,
    diffusion_en,
    sender_name as organisation_fr,
    sender_name as organisation_en,
    log_fr,
    log_en,
    statement_date as statement_fr,
    statement_date as statement_en,
    reason_fr,
    reason_en,
    heading as heading_fr,
    heading as heading_en,
    rows as rows_fr,
    rows as rows_en,
    age_fr,
    age_en,
    case when is_open then 'à corriger' else 'corrigé ou remplacé' end as open_fr,
    case when is_open then 'to correct' else 'corrected or replaced' end as open_en
from main.refusals
