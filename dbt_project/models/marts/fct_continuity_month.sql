with kinds (kind, log) as (
    values ('financement', 'financements'), ('coordination', 'concertation')
),

-- The months that the log of each kind has told; the last one up to the day told.
months as (
    select
        cells.programme,
        kinds.kind,
        cells.first_day,
        cells.last_day,
        least(cells.closes_on, cells.logs_covered[list_position(cells.logs_known, kinds.log)]) as closes_on
    from {{ ref('dim_cell') }} as cells
    cross join kinds
    where
        cells.period_kind = 'month'
        and cells.territory is null
        and cells.logs_covered[list_position(cells.logs_known, kinds.log)] >= cells.first_day
),

spans as (
    select
        'financement' as kind,
        programme,
        begins_on,
        ends_on,
        event_ids
    from {{ ref('fct_grant') }}
    union all
    select
        'coordination' as kind,
        programme,
        begins_on,
        ends_on,
        event_ids
    from {{ ref('fct_mandate') }}
    where objet = 'poste de coordination'
),

-- What is planned after the last day told covers nothing yet.
covered as (
    select
        months.programme,
        months.first_day,
        spans.kind,
        list_sort(list_distinct(flatten(list(spans.event_ids)))) as event_ids
    from months
    inner join spans
        on
            months.programme = spans.programme
            and months.kind = spans.kind
            and months.closes_on >= spans.begins_on
            and coalesce(months.first_day <= spans.ends_on, true)
    group by months.programme, months.first_day, spans.kind
),

final as (
    select
        months.programme || ' ' || months.kind || ' ' || months.first_day as fact_id,
        coalesce(covered.event_ids, cast([] as varchar[])) as event_ids,
        months.programme,
        cast(null as varchar) as territory,
        months.kind,
        covered.kind is not null as is_covered,
        months.first_day,
        months.last_day
    from months
    left join covered
        on
            months.programme = covered.programme
            and months.first_day = covered.first_day
            and months.kind = covered.kind
)

select * from final
