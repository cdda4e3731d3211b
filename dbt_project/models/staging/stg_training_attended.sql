with source as (
    {{ new_events('pj.training.attended.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_session') }} as no_session,
        {{ payload('theme') }} as theme,
        {{ payload('organisation') }} as organisation,
        {{ payload('score_avant', 'decimal(38, 15)') }} as score_avant,
        {{ payload('score_apres', 'decimal(38, 15)') }} as score_apres
    from source
)

select * from renamed
