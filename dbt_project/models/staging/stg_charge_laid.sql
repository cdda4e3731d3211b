with source as (
    {{ new_events('mobilis.charge.laid.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_cour') }} as no_cour,
        {{ payload('no_evenement') }} as no_evenement,
        {{ payload('chefs', 'bigint') }} as chefs,
        {{ payload('infraction') }} as infraction
    from source
)

select * from renamed
