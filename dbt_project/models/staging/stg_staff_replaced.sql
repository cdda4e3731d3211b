with source as (
    {{ new_events('partnership.staff.replaced.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_affectation') }} as no_affectation,
        {{ payload('remplace') }} as remplace
    from source
)

select * from renamed
