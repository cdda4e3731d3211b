with programmes as (
    select * from {{ source('reference', 'programmes') }}
),

listed as (
    select * from {{ source('reference', 'periods') }}
),

reports as (
    select
        programme,
        max(last_reported) as last_reported
    from {{ ref('state_report') }}
    group by programme
),

-- Figures go up to the last statement or to `until`; before any statement, each kind has its first period.
horizons as (
    select
        programmes.code as programme,
        programmes.starts_on,
        greatest(
            programmes.starts_on,
            {{ horizon('coalesce(reports.last_reported, programmes.starts_on)') }}
        ) as horizon
    from programmes
    left join reports on programmes.code = reports.programme
),

totals as (
    select
        programme,
        'total' as period_kind,
        starts_on as period_start,
        horizon as period_end,
        cast('0001-01-01' as date) as first_day,
        cast('9999-12-31' as date) as last_day,
        'Depuis le début' as label_fr,
        'Since the beginning' as label_en,
        horizon
    from horizons
),

named as (
    select
        horizons.programme,
        listed.kind as period_kind,
        listed.starts_on as period_start,
        coalesce(listed.ends_on, horizons.horizon) as period_end,
        listed.starts_on as first_day,
        coalesce(listed.ends_on, cast('9999-12-31' as date)) as last_day,
        listed.label_fr,
        listed.label_en,
        horizons.horizon
    from listed
    inner join horizons on listed.programme = horizons.programme
    where listed.starts_on <= horizons.horizon
),

months as (
    select
        programme,
        horizon,
        starts_on,
        cast(unnest(generate_series(
            date_trunc('month', starts_on), cast(horizon as timestamp), interval 1 month
        )) as date) as opens
    from horizons
),

calendar as (
    select distinct
        programme,
        'month' as period_kind,
        horizon,
        opens,
        1 as months
    from months
    union
    -- A programme counts its quarters from its own first month, so that they make its years.
    select distinct
        programme,
        'quarter' as period_kind,
        horizon,
        cast(
            date_trunc('month', starts_on)
            + to_months(3 * (date_diff('month', starts_on, opens) // 3)) as date
        ) as opens,
        3 as months
    from months
    union
    -- The government's year runs from April to March.
    select distinct
        programme,
        'fiscal_year' as period_kind,
        horizon,
        make_date(year(opens - interval 3 month), 4, 1) as opens,
        12 as months
    from months
),

dated as (
    select
        programme,
        period_kind,
        opens as period_start,
        cast(opens + to_months(months) - interval 1 day as date) as period_end,
        opens as first_day,
        cast(opens + to_months(months) - interval 1 day as date) as last_day,
        case period_kind
            when 'month' then {{ month_fr('opens') }} || ' ' || year(opens)
            when 'quarter' then {{ quarter_fr('opens') }}
            else year(opens) || '-' || (year(opens) + 1)
        end as label_fr,
        case period_kind
            when 'month' then strftime(opens, '%B %Y')
            when 'quarter' then {{ quarter_en('opens') }}
            else year(opens) || '-' || (year(opens) + 1)
        end as label_en,
        horizon
    from calendar
),

every as (
    select * from totals
    union all
    select * from named
    union all
    select * from dated
)

select * from every
