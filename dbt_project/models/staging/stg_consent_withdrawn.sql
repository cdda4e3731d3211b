with source as (
    {{ new_events('identity.consent.withdrawn.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('sender') }} as given_to
    from source
)

select * from renamed
