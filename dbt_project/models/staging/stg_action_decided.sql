with source as (
    {{ new_events('pj.action.decided.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_fiche') }} as no_fiche,
        {{ payload('no_reunion') }} as no_reunion,
        {{ payload('organisation') }} as organisation,
        {{ payload('axe') }} as axe,
        {{ payload('cible') }} as cible
    from source
)

select * from renamed
