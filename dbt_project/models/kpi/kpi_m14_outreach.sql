with activities as (
    select * from {{ ref('fct_outreach') }}
),

measured as (
    {{ measure_with('M14', 'activities', ['activite'], numerator='count(fact.fact_id)') }}
    union all
    {{ measure('M14.reached', 'activities', numerator='coalesce(sum(fact.personnes_rejointes), 0)') }}
)

select * from measured
