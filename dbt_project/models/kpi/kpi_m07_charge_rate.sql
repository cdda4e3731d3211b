with arrests as (
    select * from {{ ref('fct_arrest') }}
),

charged as (
    select
        person,
        flatten(list(event_ids)) as event_ids
    from {{ ref('fct_charge') }}
    group by person
),

arrested as (
    select
        arrests.* replace (list_distinct(list_concat(arrests.event_ids, charged.event_ids)) as event_ids),
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
