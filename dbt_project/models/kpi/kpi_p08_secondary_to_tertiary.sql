-- The share, the curve and the median are of the same youths: two cohorts would leave a few to be counted.
with watched as (
    select * from {{ ref('fct_youth_axis') }}
    where first_axis = 'secondaire' and days_watched >= 0
),

turned as (
    select * from {{ ref('fct_turn') }}
),

measured as (
    {{ measure(
        'P08', 'watched', numerator='count(fact.fact_id) filter (where fact.has_turned)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P08.median_days', 'watched', denominator='count(fact.fact_id)',
        persons='count(distinct fact.person)',
        estimate={
            'of': ref('fct_survival'), 'value': 'median_days', 'low': 'median_low', 'high': 'median_high'
        }
    ) }}
    {%- for months, days in [(3, 91.25), (6, 182.5), (9, 273.75), (12, 365), (18, 547.5), (24, 730)] %}
        union all
        {{ measure(
            'P08.at_' ~ months ~ '_months', 'watched',
            numerator='count(fact.fact_id) filter (where fact.has_turned and fact.days_watched <= ' ~ days ~ ')',
            denominator='count(fact.fact_id)',
            persons='count(distinct fact.person)',
            estimate={
                'of': ref('fct_survival'), 'value': 'share_' ~ months,
                'low': 'low_' ~ months, 'high': 'high_' ~ months
            }
        ) }}
    {%- endfor %}
    union all
    {{ measure(
        'P08.with_service', 'turned', numerator='count(fact.fact_id) filter (where fact.services_begun > 0)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P08.services', 'turned', numerator='coalesce(sum(fact.services_offered), 0)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
