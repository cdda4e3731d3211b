with steps as (
    select * from {{ ref('fct_referral_step') }}
),

made as (
    select * from steps
    where step = 'made'
),

-- Told by whoever made them: the partner is not the sender, and waits for nothing of its own.
received as (
    select made.* replace (made.made_to as partner)
    from made
    where made.made_to in (select partners.partner from {{ ref('dim_partner') }} as partners)
),

decided as (
    select * from steps
    where step in ('accepted', 'refused')
),

dated as (
    select * from decided
    where days_from_demand is not null
),

started as (
    select * from steps
    where step = 'started'
),

refused as (
    select * from steps
    where step = 'refused'
),

measured as (
    {{ measure(
        'P09', 'made', partner='sender',
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P09.received', 'received', partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P09.accepted_share', 'decided', partner='sender',
        numerator="count(fact.fact_id) filter (where fact.step = 'accepted')",
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P09.days_to_decision', 'dated', partner='sender', value='median(fact.days_from_demand)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P09.started', 'started', partner='sender',
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure_with(
        'P09.refused', 'refused', ['raison_refus'], partner='sender',
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
