with source as (
    {{ new_events('mobilis.case.concluded.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_cour') }} as no_cour,
        {{ payload('issue') }} as issue,
        {{ payload('date_deduite', 'boolean') }} as date_deduite
    from source
)

select * from renamed
