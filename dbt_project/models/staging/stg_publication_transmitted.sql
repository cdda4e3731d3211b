with source as (
    {{ new_events('pj.publication.transmitted.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_demande') }} as no_demande,
        {{ payload('transmise_a') }} as transmise_a
    from source
)

select * from renamed
