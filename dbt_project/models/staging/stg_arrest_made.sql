with source as (
    {{ new_events('mobilis.arrest.made.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_evenement') }} as no_evenement,
        {{ payload('motif') }} as motif,
        {{ payload('gang') }} as gang
    from source
)

select * from renamed
