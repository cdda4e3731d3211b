with source as (
    {{ new_events('identity.subject.erased.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('ground') }} as ground
    from source
)

select * from renamed
