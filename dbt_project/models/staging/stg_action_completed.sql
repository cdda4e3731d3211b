with source as (
    {{ new_events('pj.action.completed.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_fiche') }} as no_fiche
    from source
)

select * from renamed
