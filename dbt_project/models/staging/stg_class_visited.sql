with source as (
    {{ new_events('mobilis.class.visited.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_activite') }} as no_activite,
        {{ payload('no_ecole') }} as no_ecole,
        {{ payload('no_classe') }} as no_classe,
        {{ payload('niveau') }} as niveau,
        {{ payload('jeunes_rejoints', 'bigint') }} as jeunes_rejoints
    from source
)

select * from renamed
