with months as (
    select
        programme,
        period_start as first_day,
        period_end as last_day,
        least(period_end, horizon) as closes_on
    from {{ ref('dim_period') }}
    where period_kind = 'month'
),

kinds as (
    select unnest(['financement', 'coordination']) as kind
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

-- What is planned after the last day that figures go up to covers nothing yet.
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
            and months.closes_on >= spans.begins_on
            and coalesce(months.first_day <= spans.ends_on, true)
    group by months.programme, months.first_day, spans.kind
),

final as (
    select
        months.programme || ' ' || kinds.kind || ' ' || months.first_day as fact_id,
        coalesce(covered.event_ids, cast([] as varchar[])) as event_ids,
        months.programme,
        cast(null as varchar) as territory,
        kinds.kind,
        covered.kind is not null as is_covered,
        months.first_day,
        months.last_day
    from months
    cross join kinds
    left join covered
        on
            months.programme = covered.programme
            and months.first_day = covered.first_day
            and kinds.kind = covered.kind
)

select * from final
