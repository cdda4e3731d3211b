-- Who owes what for which month: the last twelve months that the release knows, one row per box.
with last_months as (
    select
        *,
        dense_rank() over (partition by release, programme order by month desc) as months_back
    from main.reports
)

select
    last_months.*,
    known.programme_fr,
    known.programme_en,
    last_months.sender || ' · ' || last_months.log_fr as line_fr,
    last_months.sender || ' · ' || last_months.log_en as line_en,
    dense_rank() over (
        partition by last_months.release, last_months.programme
        order by last_months.sender, last_months.log
    ) as line_rank,
    last_months.month = min(last_months.month) over (
        partition by last_months.release, last_months.programme
    ) as is_first,
    last_months.months_back = 1 as is_last
from last_months
inner join main.state as known
    on last_months.release = known.release and last_months.programme = known.programme
where last_months.months_back <= 12
