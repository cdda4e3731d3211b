with rows_told as (
    select * from {{ ref('fct_subcommittee') }}
),

present as (
    select * from rows_told
    where objet = 'présence'
),

concerns as (
    select * from rows_told
    where objet = 'préoccupation'
),

measured as (
    {{ measure('P05', 'rows_told', numerator='count(distinct fact.no_reunion)') }}
    union all
    {{ measure(
        'P05.attendance', 'rows_told',
        numerator="count(fact.fact_id) filter (where fact.objet = 'présence')",
        denominator='count(distinct fact.no_reunion)',
        persons="count(distinct fact.person) filter (where fact.objet = 'présence')"
    ) }}
    union all
    {{ measure_with('P05.represented', 'present', ['milieu'], numerator='count(distinct fact.no_reunion)') }}
    union all
    {{ measure_with(
        'P05.members', 'present', ['milieu'],
        numerator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure(
        'P05.milieux', 'present',
        numerator='count(distinct fact.milieu)', persons='count(distinct fact.person)'
    ) }}
    union all
    {{ measure_with('P05.concerns', 'concerns', ['axe'], numerator='count(fact.fact_id)') }}
)

select * from measured
