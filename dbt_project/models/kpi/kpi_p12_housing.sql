with places as (
    select * from {{ ref('fct_place') }}
),

requested as (
    select * from places
    where step = 'requested'
),

told_urgent as (
    select * from requested
    where is_urgent is not null
),

offered as (
    select * from places
    where step = 'offered'
),

refused as (
    select * from places
    where step = 'refused'
),

no_place as (
    select * from refused
    where raison_refus = 'manque de place'
),

occupied as (
    select * from places
    where step = 'occupied'
),

dated as (
    select * from occupied
    where has_known_days
),

located as (
    select * from occupied
    where lieu <> 'inconnu'
),

measured as (
    {{ measure(
        'P12', 'requested', partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P12.offered', 'offered', partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure_with(
        'P12.refused', 'refused', ['raison_refus'], partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P12.no_place', 'no_place', partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P12.housed', 'occupied', partner=true,
        numerator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure_with(
        'P12.place_days', 'dated', ['lieu'], partner=true,
        numerator='coalesce(sum(' ~ days_held() ~ '), 0)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P12.in_territory', 'located', partner=true,
        numerator="count(fact.fact_id) filter (where fact.lieu = 'sur le territoire')",
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P12.emergency', 'told_urgent', partner=true,
        numerator='count(fact.fact_id) filter (where fact.is_urgent)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
