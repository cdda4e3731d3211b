with detections as (
    select * from {{ ref('fct_detection') }}
    where step = 'detected'
),

measured as (
    {{ measure_with(
        'P07', 'detections', ['axe', 'cible', 'source'], partner='sender',
        numerator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure_with(
        'P07.detections', 'detections', ['axe', 'cible', 'source'], partner='sender',
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
