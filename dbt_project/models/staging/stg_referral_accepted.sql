with source as (
    {{ new_events('partnership.referral.accepted.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_reference') }} as no_reference,
        {{ payload('date_deduite', 'boolean') }} as date_deduite
    from source
)

select * from renamed
