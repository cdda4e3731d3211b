with cohort as (
    select * from {{ ref('fct_youth_axis') }}
    where first_axis = 'secondaire'
),

watched as (
    select * from cohort
    where days_watched >= 0
),

turned as (
    select * from {{ ref('fct_turn') }}
),

measured as (
    {{ measure(
        'P08', 'cohort', numerator='count(fact.fact_id) filter (where fact.has_turned)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P08.median_days', 'watched', denominator='count(fact.fact_id)',
        persons='count(distinct fact.person)', value=of_cell(ref('fct_survival'), 'median_days'),
        low=of_cell(ref('fct_survival'), 'median_low'), high=of_cell(ref('fct_survival'), 'median_high')
    ) }}
    union all
    {{ measure(
        'P08.at_6_months', 'watched', denominator='count(fact.fact_id)',
        persons='count(distinct fact.person)', value=of_cell(ref('fct_survival'), 'share_6'),
        low=of_cell(ref('fct_survival'), 'low_6'), high=of_cell(ref('fct_survival'), 'high_6')
    ) }}
    union all
    {{ measure(
        'P08.at_12_months', 'watched', denominator='count(fact.fact_id)',
        persons='count(distinct fact.person)', value=of_cell(ref('fct_survival'), 'share_12'),
        low=of_cell(ref('fct_survival'), 'low_12'), high=of_cell(ref('fct_survival'), 'high_12')
    ) }}
    union all
    {{ measure(
        'P08.at_24_months', 'watched', denominator='count(fact.fact_id)',
        persons='count(distinct fact.person)', value=of_cell(ref('fct_survival'), 'share_24'),
        low=of_cell(ref('fct_survival'), 'low_24'), high=of_cell(ref('fct_survival'), 'high_24')
    ) }}
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
