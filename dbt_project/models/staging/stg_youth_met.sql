with source as (
    {{ new_events('mobilis.youth.met.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_rencontre') }} as no_rencontre,
        {{ payload('sexe') }} as sexe,
        {{ payload('fugue') }} as fugue,
        {{ payload('date_devoilement', 'date') }} as date_devoilement,
        {{ payload('date_devoilement_precision') }} as date_devoilement_precision,
        {{ payload('referee', 'boolean') }} as referee,
        {{ payload('ressource') }} as ressource
    from source
)

select * from renamed
