with source as (
    {{ new_events('pj.analysis.duplicated.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_demande') }} as no_demande,
        {{ payload('doublon_de') }} as doublon_de
    from source
)

select * from renamed
