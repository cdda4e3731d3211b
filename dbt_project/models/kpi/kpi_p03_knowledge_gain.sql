with scored as (
    select * from {{ ref('fct_attendance') }}
    where gain is not null
),

measured as (
    {{ measure(
        'P03', 'scored', value='cast(sum(fact.gain) as double) / nullif(count(fact.fact_id), 0)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)',
        estimate={'of': ref('fct_gain_interval'), 'low': 'low', 'high': 'high'}
    ) }}
    union all
    {{ measure(
        'P03.relative', 'scored',
        value='cast(sum(fact.gain) as double) / nullif(cast(sum(fact.score_avant) as double), 0)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure_with(
        'P03.before', 'scored', ['theme'],
        value='cast(sum(fact.score_avant) as double) / nullif(count(fact.fact_id), 0)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure_with(
        'P03.after', 'scored', ['theme'],
        value='cast(sum(fact.score_apres) as double) / nullif(count(fact.fact_id), 0)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
