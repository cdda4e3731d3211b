with attendances as (
    select * from {{ ref('fct_attendance') }}
),

measured as (
    {{ measure_with('P01', 'attendances', ['theme'], numerator='count(distinct fact.no_session)') }}
)

select * from measured
