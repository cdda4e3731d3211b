with source as (
    {{ new_events('partnership.outreach.held.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_activite') }} as no_activite,
        {{ payload('activite') }} as activite,
        {{ payload('personnes_rejointes', 'bigint') }} as personnes_rejointes
    from source
)

select * from renamed
