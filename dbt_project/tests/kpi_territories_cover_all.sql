-- No territory counts more than all of them, and together they count no less.
with headlines as (
    select figures.*
    from {{ ref('kpi_values') }} as figures
    inner join {{ ref('kpi_catalogue') }} as catalogue
        on
            figures.code = catalogue.code
            and catalogue.format in ('count', 'amount')
            and contains(catalogue.grain, 'territory')
    where figures.breakdown is null and figures.partner is null
),

compared as (
    select
        code,
        programme,
        period_kind,
        period_start,
        sum(value) filter (where territory is null) as everywhere,
        sum(value) filter (where territory is not null) as summed,
        max(value) filter (where territory is not null) as largest
    from headlines
    group by code, programme, period_kind, period_start
)

select * from compared
where largest > everywhere or round(summed, 2) < everywhere -- dollars have cents
