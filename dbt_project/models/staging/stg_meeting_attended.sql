with source as (
    {{ new_events('pj.meeting.attended.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_fiche') }} as no_fiche,
        {{ payload('no_reunion') }} as no_reunion,
        {{ payload('organisation') }} as organisation
    from source
)

select * from renamed
