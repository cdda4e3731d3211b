with source as (
    {{ new_events('pj.partner.joined.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_fiche') }} as no_fiche,
        {{ payload('organisation') }} as organisation,
        {{ payload('chef_de_file', 'boolean') }} as chef_de_file
    from source
)

select * from renamed
