with assignments as (
    select * from {{ ref('fct_assignment') }}
),

attendances as (
    select * from {{ ref('fct_attendance') }}
),

-- One row per assignment and session that the person attended, so that each cell finds its own sessions.
followed as (
    select
        assignments.* replace (
            list_distinct(list_concat(assignments.event_ids, attendances.event_ids)) as event_ids
        ),
        attendances.first_day as trained_from,
        attendances.last_day as trained_by
    from assignments
    left join attendances on assignments.person = attendances.person
),

measured as (
    {{ measure(
        'P04', 'followed', partner=true,
        numerator='count(distinct fact.person) filter ('
            ~ 'where fact.trained_from > cell.closes_on - interval 12 month '
            ~ 'and fact.trained_by <= cell.closes_on)',
        denominator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
