with arrests as (
    select * from {{ ref('fct_arrest') }}
),

charged as (
    select distinct person from {{ ref('fct_charge') }}
),

arrested as (
    select
        arrests.*,
        charged.person as charged_person
    from arrests
    left join charged on arrests.person = charged.person
),

measured as (
    {{ measure(
        'M07', 'arrested', numerator='count(distinct fact.charged_person)',
        denominator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
