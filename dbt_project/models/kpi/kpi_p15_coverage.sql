with detected as (
    select * from {{ ref('fct_detection') }}
    where step = 'detected' and axe_cible <> 'inconnu'
),

steps as (
    select * from {{ ref('fct_service_step') }}
    where axe_cible <> 'inconnu'
),

served as (
    select * from steps
    where step = 'served'
),

demanded as (
    select
        fact_id,
        event_ids,
        programme,
        territory,
        person,
        axe_cible,
        first_day,
        last_day,
        false as is_served
    from detected
    union all
    select
        fact_id,
        event_ids,
        programme,
        territory,
        person,
        axe_cible,
        first_day,
        last_day,
        step = 'served' as is_served
    from steps
    where step in ('made', 'served')
),

-- A share of the nine cells counts no person: nobody is told by how many youths there are behind it.
measured as (
    {{ measure(
        'P15', 'served', partner=true, numerator='count(distinct fact.axe_cible)', denominator='9'
    ) }}
    union all
    {{ measure(
        'P15.holes', 'demanded',
        numerator='count(distinct fact.axe_cible)
            - count(distinct fact.axe_cible) filter (where fact.is_served)',
        denominator='9'
    ) }}
    union all
    {{ measure_with(
        'P15.unserved', 'demanded', ['axe_cible'],
        numerator='count(distinct fact.axe_cible)
            - count(distinct fact.axe_cible) filter (where fact.is_served)',
        denominator='count(distinct fact.axe_cible)'
    ) }}
    union all
    {{ measure_with(
        'P15.served', 'served', ['axe_cible'], partner=true,
        numerator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure_with(
        'P15.detected', 'detected', ['axe_cible'], partner='sender',
        numerator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
