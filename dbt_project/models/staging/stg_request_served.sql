with source as (
    {{ new_events('pj.request.served.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_demande') }} as no_demande,
        {{ payload('service') }} as service,
        {{ payload('fournisseur') }} as fournisseur,
        {{ payload('axe') }} as axe,
        {{ payload('cible') }} as cible,
        {{ payload('meneur', 'boolean') }} as meneur
    from source
)

select * from renamed
