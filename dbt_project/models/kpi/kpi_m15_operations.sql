with operations as (
    select * from {{ ref('fct_operation') }}
),

measured as (
    {{ measure_with('M15', 'operations', ['conduite'], numerator='count(fact.fact_id)') }}
    union all
    {{ measure(
        'M15.joint_share', 'operations', numerator='count(fact.fact_id) filter (where fact.is_joint)',
        denominator='count(fact.fact_id)'
    ) }}
)

select * from measured
