with actions as (
    select * from {{ ref('fct_action') }}
),

completed as (
    select * replace (completed_from as first_day, completed_by as last_day)
    from actions
    where is_completed
),

dated as (
    select * from completed
    where days_to_completion is not null
),

measured as (
    {{ measure_with('P06', 'actions', ['axe'], numerator='count(fact.fact_id)') }}
    union all
    {{ measure('P06.completed', 'completed', numerator='count(fact.fact_id)') }}
    union all
    {{ measure(
        'P06.completed_share', 'actions',
        numerator='count(fact.fact_id) filter (where fact.is_completed)', denominator='count(fact.fact_id)'
    ) }}
    union all
    {{ measure(
        'P06.days', 'dated', value='median(fact.days_to_completion)', denominator='count(fact.fact_id)'
    ) }}
)

select * from measured
