with source as (
    {{ new_events('partnership.grant.ended.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_subvention') }} as no_subvention
    from source
)

select * from renamed
