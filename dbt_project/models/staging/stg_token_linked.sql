with source as (
    {{ new_events('identity.tokens.linked.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('method') }} as method,
        {{ payload('other') }} as other
    from source
)

select * from renamed
