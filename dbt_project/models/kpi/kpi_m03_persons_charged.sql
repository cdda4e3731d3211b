with charges as (
    select * from {{ ref('fct_charge') }}
),

measured as (
    {{ measure_with(
        'M03', 'charges', ['infraction'],
        numerator='count(distinct fact.person)', persons='count(distinct fact.person)'
    ) }}
)

select * from measured
