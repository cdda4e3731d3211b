with source as (
    {{ new_events('pj.place.refused.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_demande') }} as no_demande,
        {{ payload('raison_refus') }} as raison_refus
    from source
)

select * from renamed
