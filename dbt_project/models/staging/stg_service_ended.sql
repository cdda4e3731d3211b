with source as (
    {{ new_events('partnership.service.ended.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_reference') }} as no_reference
    from source
)

select * from renamed
