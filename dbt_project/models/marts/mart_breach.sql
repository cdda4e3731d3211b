with cells as (
    select * from {{ ref('dim_cell') }}
    where territory is null
),

breaches as (
    select * from {{ ref('fct_breach') }}
),

listed as (
    select
        cells.programme,
        cells.period_kind,
        cells.period_start,
        breaches.statement_date,
        breaches.partner,
        breaches.log,
        breaches.breach,
        breaches.territory,
        count(*) as refused_rows
    from cells
    inner join breaches
        on
            cells.programme = breaches.programme
            and cells.first_day <= breaches.first_day
            and cells.last_day >= breaches.last_day
    group by all
)

select * from listed
