with source as (
    {{ new_events('identity.access.due.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('rule') }} as access_rule
    from source
)

select * from renamed
