with source as (
    {{ new_events('pj.place.offered.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_demande') }} as no_demande,
        {{ payload('lieu') }} as lieu
    from source
)

select * from renamed
