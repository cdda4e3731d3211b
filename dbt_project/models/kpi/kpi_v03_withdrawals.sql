with withdrawals as (
    select * from {{ ref('fct_withdrawal') }}
),

measured as (
    {{ measure(
        'V03', 'withdrawals', numerator='count(distinct fact.person)', persons='count(distinct fact.person)',
        partner=true
    ) }}
)

select * from measured
