with source as (
    {{ new_events('pj.analysis.completed.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_demande') }} as no_demande,
        {{ payload('moyen') }} as moyen
    from source
)

select * from renamed
