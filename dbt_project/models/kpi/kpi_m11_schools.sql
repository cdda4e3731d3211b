with activities as (
    select * from {{ ref('fct_school_activity') }}
),

visits as (
    select * from activities
    where activite = 'visite de classe'
),

measured as (
    {{ measure('M11', 'activities', numerator='count(distinct fact.no_ecole)') }}
    union all
    {{ measure_with('M11.classes', 'visits', ['niveau'], numerator='count(distinct fact.school_class)') }}
    union all
    {{ measure_with(
        'M11.youths', 'activities', ['activite'], numerator='coalesce(sum(fact.jeunes_rejoints), 0)'
    ) }}
)

select * from measured
