with disclosures as (
    select * from {{ ref('fct_disclosure') }}
),

measured as (
    {{ measure(
        'M09', 'disclosures', value='median(fact.days_to_meeting)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
