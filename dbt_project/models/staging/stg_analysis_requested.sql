with source as (
    {{ new_events('pj.analysis.requested.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_demande') }} as no_demande,
        {{ payload('demandeur') }} as demandeur,
        {{ payload('compte') }} as compte,
        {{ payload('moyen') }} as moyen
    from source
)

select * from renamed
