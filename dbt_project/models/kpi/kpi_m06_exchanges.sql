with exchanges as (
    select * from {{ ref('fct_exchange') }}
),

formal as (
    select * from exchanges
    where is_formal
),

informal as (
    select * from exchanges
    where not is_formal
),

by_nature as (
    select * replace (unnest(nature) as nature)
    from formal
),

measured as (
    {{ measure_with('M06', 'formal', ['direction'], numerator='count(distinct fact.no_echange)') }}
    union all
    {{ measure('M06', 'by_nature', numerator='count(distinct fact.no_echange)', breakdown='nature') }}
    union all
    {{ measure('M06.informal', 'informal', numerator='count(distinct fact.no_echange)') }}
)

select * from measured
