with source as (
    {{ new_events('partnership.service.started.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_reference') }} as no_reference
    from source
)

select * from renamed
