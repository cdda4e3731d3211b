with source as (
    {{ new_events('partnership.staff.assigned.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_affectation') }} as no_affectation,
        {{ payload('categorie') }} as categorie,
        {{ payload('role') }} as role,
        {{ payload('lien') }} as lien,
        {{ payload('temps') }} as temps
    from source
)

select * from renamed
