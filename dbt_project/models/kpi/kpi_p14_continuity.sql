with funding as (
    select * from {{ ref('fct_continuity_month') }}
    where kind = 'financement'
),

funded as (
    select * from funding
    where is_covered
),

coordination as (
    select * from {{ ref('fct_continuity_month') }}
    where kind = 'coordination'
),

coordinated as (
    select * from coordination
    where is_covered
),

partners as (
    select * from {{ ref('fct_mandate') }}
    where objet = 'partenaire'
),

meetings as (
    select * from {{ ref('fct_table_meeting') }}
),

measured as (
    {{ measure('P14', 'funded', numerator='count(fact.fact_id)') }}
    union all
    {{ measure(
        'P14.funded_share', 'funding',
        numerator='count(fact.fact_id) filter (where fact.is_covered)', denominator='count(fact.fact_id)'
    ) }}
    union all
    {{ measure('P14.coordination', 'coordinated', numerator='count(fact.fact_id)') }}
    union all
    {{ measure(
        'P14.coordination_share', 'coordination',
        numerator='count(fact.fact_id) filter (where fact.is_covered)', denominator='count(fact.fact_id)'
    ) }}
    union all
    {{ measure('P14.partners', 'partners', numerator='count(distinct fact.partner)') }}
    union all
    {{ measure('P14.meetings', 'meetings', numerator='count(fact.fact_id)') }}
)

select * from measured
