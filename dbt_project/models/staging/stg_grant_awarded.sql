with source as (
    {{ new_events('partnership.grant.awarded.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_subvention') }} as no_subvention,
        {{ payload('bailleur') }} as bailleur,
        {{ payload('volet') }} as volet,
        {{ payload('montant', 'decimal(38, 15)') }} as montant,
        {{ payload('periode_debut', 'date') }} as periode_debut,
        {{ payload('periode_debut_precision') }} as periode_debut_precision,
        {{ payload('periode_fin', 'date') }} as periode_fin,
        {{ payload('periode_fin_precision') }} as periode_fin_precision
    from source
)

select * from renamed
