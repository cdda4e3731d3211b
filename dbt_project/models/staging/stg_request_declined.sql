with source as (
    {{ new_events('pj.request.declined.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_demande') }} as no_demande,
        {{ payload('raison_refus') }} as raison_refus
    from source
)

select * from renamed
