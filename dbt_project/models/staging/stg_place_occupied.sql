with source as (
    {{ new_events('pj.place.occupied.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_demande') }} as no_demande,
        {{ payload('ressource') }} as ressource,
        {{ payload('urgence', 'boolean') }} as urgence,
        {{ payload('lieu') }} as lieu
    from source
)

select * from renamed
