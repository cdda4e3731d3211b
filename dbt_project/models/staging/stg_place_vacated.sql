with source as (
    {{ new_events('pj.place.vacated.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_demande') }} as no_demande
    from source
)

select * from renamed
