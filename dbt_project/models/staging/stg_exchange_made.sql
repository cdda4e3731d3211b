with source as (
    {{ new_events('mobilis.exchange.made.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_echange') }} as no_echange,
        {{ payload('rang', 'bigint') }} as rang,
        {{ payload('de') }} as de,
        {{ payload('vers') }} as vers,
        {{ payload('formel', 'boolean') }} as formel,
        {{ payload('nature', 'varchar[]') }} as nature,
        {{ payload('consentement_nominatif', 'boolean') }} as consentement_nominatif
    from source
)

select * from renamed
