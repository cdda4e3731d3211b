with source as (
    {{ new_events('pj.youth.detected.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_depistage') }} as no_depistage,
        {{ payload('sexe') }} as sexe,
        {{ payload('axe') }} as axe,
        {{ payload('cible') }} as cible,
        {{ payload('source') }} as source,
        {{ payload('gang') }} as gang
    from source
)

select * from renamed
