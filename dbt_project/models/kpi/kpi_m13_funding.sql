with grants as (
    select * from {{ ref('fct_grant') }}
),

measured as (
    {{ measure_with('M13', 'grants', ['bailleur', 'volet'], numerator='coalesce(sum(fact.montant), 0)') }}
    union all
    {{ measure_with('M13.grants', 'grants', ['bailleur'], numerator='count(fact.fact_id)') }}
)

select * from measured
