with source as (
    {{ new_events('mobilis.presentation.given.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_activite') }} as no_activite,
        {{ payload('no_ecole') }} as no_ecole,
        {{ payload('avec') }} as avec,
        {{ payload('jeunes_rejoints', 'bigint') }} as jeunes_rejoints
    from source
)

select * from renamed
