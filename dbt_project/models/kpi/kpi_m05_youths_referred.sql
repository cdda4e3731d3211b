with meetings as (
    select * from {{ ref('fct_youth_met') }}
),

referred as (
    select * from meetings
    where is_referred
),

measured as (
    {{ measure_with(
        'M05', 'referred', ['sexe', 'fugue', 'ressource'],
        numerator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'M05.met', 'meetings',
        numerator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'M05.meetings', 'meetings',
        numerator='count(fact.fact_id)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
