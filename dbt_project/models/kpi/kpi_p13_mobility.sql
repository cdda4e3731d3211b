with assignments as (
    select * from {{ ref('fct_assignment') }}
),

replacements as (
    select * from assignments
    where is_replacement
),

delegates as (
    select * from {{ ref('fct_mandate') }}
    where objet = 'délégué'
),

ordered as (
    select
        *,
        lag(person) over named as person_before,
        lag(event_ids) over named as ids_before
    from delegates
    window
        named as (
            partition by programme, partner
            order by first_day, last_day, person, territory, fact_id
        )
),

-- A delegate takes the place of the partner's one before, unless it is the same person named again.
successors as (
    select * replace (list_distinct(list_concat(event_ids, ids_before)) as event_ids)
    from ordered
    where person_before <> person
),

ended as (
    select * replace (ends_from as first_day, ends_on as last_day)
    from delegates
    where days_in_post is not null
),

measured as (
    {{ measure(
        'P13', 'assignments', partner='sender',
        numerator='count(distinct fact.person) filter ('
            ~ 'where fact.ends_from >= cell.first_day and fact.ends_on <= cell.last_day)',
        denominator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P13.replaced', 'replacements', partner='sender',
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P13.delegates', 'successors', partner=true,
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P13.delegate_days', 'ended', partner=true, value='median(fact.days_in_post)',
        denominator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
