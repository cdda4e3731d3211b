with source as (
    {{ new_events('identity.breach.refused.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('code') }} as breach,
        {{ payload('log') }} as breached_log,
        {{ payload('sender') }} as breached_by
    from source
)

select * from renamed
