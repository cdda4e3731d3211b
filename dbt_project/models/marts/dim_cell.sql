with periods as (
    select * from {{ ref('dim_period') }}
),

territories as (
    select territory from {{ ref('dim_territory') }}
    union all
    select cast(null as varchar) as territory
),

reports as (
    select
        told.*,
        partners.valid_to
    from {{ ref('state_report') }} as told
    left join {{ ref('dim_partner') }} as partners
        on told.programme = partners.programme and told.sender = partners.partner
),

-- A sender that told all of its time, or that no longer was, keeps no period waiting.
awaited as (
    select
        periods.programme,
        periods.period_kind,
        periods.period_start,
        reports.log,
        reports.covered_to,
        case
            when
                coalesce(reports.covered_to < reports.valid_to, true)
                and coalesce(periods.period_start <= reports.valid_to, true)
                then reports.covered_to
        end as awaited_to
    from periods
    inner join reports on periods.programme = reports.programme
),

by_log as (
    select
        programme,
        period_kind,
        period_start,
        log,
        coalesce(min(awaited_to), max(covered_to)) as covered_to,
        max(covered_to) as told_to
    from awaited
    group by programme, period_kind, period_start, log
),

logs as (
    select
        programme,
        period_kind,
        period_start,
        list(log order by log) as logs_known,
        list(covered_to order by log) as logs_covered,
        list(told_to order by log) as logs_told
    from by_log
    group by programme, period_kind, period_start
),

senders as (
    select
        programme,
        list(sender || ' ' || log order by log, sender) as reports_known,
        list(covered_to order by log, sender) as reports_covered,
        max(last_reported) as last_reported
    from reports
    group by programme
),

-- A programme of which nothing came is known as of what came of the others.
clock as (
    select max(last_reported) as last_reported
    from reports
),

crossed as (
    select
        periods.programme,
        territories.territory,
        periods.period_kind,
        periods.period_start,
        periods.period_end,
        periods.first_day,
        periods.last_day,
        periods.horizon,
        least(periods.period_end, periods.horizon) as closes_on,
        coalesce(logs.logs_known, cast([] as varchar[])) as logs_known,
        coalesce(logs.logs_covered, cast([] as date[])) as logs_covered,
        coalesce(logs.logs_told, cast([] as date[])) as logs_told,
        coalesce(senders.reports_known, cast([] as varchar[])) as reports_known,
        coalesce(senders.reports_covered, cast([] as date[])) as reports_covered,
        {{ known_at('coalesce(senders.last_reported, clock.last_reported)') }} as known_at
    from periods
    cross join territories
    cross join clock
    left join logs
        on
            periods.programme = logs.programme
            and periods.period_kind = logs.period_kind
            and periods.period_start = logs.period_start
    left join senders on periods.programme = senders.programme
)

select * from crossed
