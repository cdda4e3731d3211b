with assignments as (
    select * from {{ ref('fct_assignment') }}
),

measured as (
    {{ measure_with(
        'M01', 'assignments', ['categorie', 'role', 'lien'], partner='sender',
        numerator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
