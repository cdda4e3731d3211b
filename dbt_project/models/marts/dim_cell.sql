with periods as (
    select * from {{ ref('dim_period') }}
),

territories as (
    select territory from {{ ref('dim_territory') }}
    union all
    select cast(null as varchar) as territory
),

reports as (
    select * from {{ ref('state_report') }}
),

logs as (
    select
        programme,
        list_sort(list(log)) as logs_known,
        list_sort(flatten(list(list_transform(senders, sender -> sender || ' ' || log)))) as reports_known
    from reports
    group by programme
),

clock as (
    select {{ known_at('max(last_reported)') }} as known_at
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
        coalesce(logs.reports_known, cast([] as varchar[])) as reports_known,
        clock.known_at
    from periods
    cross join territories
    cross join clock
    left join logs on periods.programme = logs.programme
)

select * from crossed
