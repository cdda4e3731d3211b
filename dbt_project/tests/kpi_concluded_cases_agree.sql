-- M04 is over the concluded cases; M04.presented has the same convictions over fewer or as many cases.
with figures as (
    select
        programme,
        territory,
        period_kind,
        period_start,
        any_value(denominator) filter (where code = 'M04') as cases,
        any_value(numerator) filter (where code = 'M04') as convictions,
        any_value(denominator) filter (where code = 'M04.presented') as cases_presented,
        any_value(numerator) filter (where code = 'M04.presented') as convictions_presented,
        any_value(value) filter (where code = 'M04.concluded') as concluded
    from {{ ref('kpi_values') }}
    where breakdown is null
    group by programme, territory, period_kind, period_start
)

select * from figures
where
    cases <> concluded
    or convictions <> convictions_presented
    or cases_presented > cases
