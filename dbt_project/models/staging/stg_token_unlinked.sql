with source as (
    {{ new_events('identity.tokens.unlinked.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('other') }} as other
    from source
)

select * from renamed
