with source as (
    {{ new_events('mobilis.residency.held.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_activite') }} as no_activite,
        {{ payload('no_ecole') }} as no_ecole,
        {{ payload('date_fin', 'date') }} as date_fin,
        {{ payload('date_fin_precision') }} as date_fin_precision,
        {{ payload('jeunes_rejoints', 'bigint') }} as jeunes_rejoints
    from source
)

select * from renamed
