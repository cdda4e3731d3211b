with source as (
    {{ new_events('pj.request.transferred.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_demande') }} as no_demande,
        {{ payload('transfere_a') }} as transfere_a
    from source
)

select * from renamed
