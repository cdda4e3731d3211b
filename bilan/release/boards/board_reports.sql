-- Who owes what for which month: the last twelve months that the release knows, one row per box.
with last_months as (
    select
        *,
        dense_rank() over (partition by release, programme order by month desc) as months_back
    from main.reports
)

select
    * exclude (months_back),
    sender || ' · ' || log_fr as line_fr,
    sender || ' · ' || log_en as line_en,
    dense_rank() over (partition by release, programme order by sender, log) as line_rank,
    months_back = 12 or month = min(month) over (partition by release, programme) as is_first,
    months_back = 1 as is_last
from last_months
where months_back <= 12
