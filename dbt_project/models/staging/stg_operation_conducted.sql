with source as (
    {{ new_events('mobilis.operation.conducted.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_operation') }} as no_operation,
        {{ payload('conduite') }} as conduite
    from source
)

select * from renamed
