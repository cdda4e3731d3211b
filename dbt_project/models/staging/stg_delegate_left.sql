with source as (
    {{ new_events('pj.delegate.left.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_fiche') }} as no_fiche,
        {{ payload('organisation') }} as organisation
    from source
)

select * from renamed
