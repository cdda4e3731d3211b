with source as (
    {{ new_events('partnership.staff.left.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_affectation') }} as no_affectation,
        {{ payload('motif_fin') }} as motif_fin
    from source
)

select * from renamed
