with exchanges as (
    select * from {{ ref('fct_exchange') }}
    where is_about_youth
),

by_nature as (
    select * replace (unnest(nature) as nature)
    from exchanges
),

measured as (
    {{ measure(
        'M10', 'exchanges', numerator='count(distinct fact.no_echange) filter (where fact.is_refused)',
        denominator='count(distinct fact.no_echange)'
    ) }}
    union all
    {{ measure(
        'M10', 'by_nature', numerator='count(distinct fact.no_echange) filter (where fact.is_refused)',
        denominator='count(distinct fact.no_echange)', breakdown='nature'
    ) }}
)

select * from measured
