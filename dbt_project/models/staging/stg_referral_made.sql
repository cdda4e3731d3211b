with source as (
    {{ new_events('partnership.referral.made.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_reference') }} as no_reference,
        {{ payload('de') }} as de,
        {{ payload('vers') }} as vers,
        {{ payload('motif', 'varchar[]') }} as motif
    from source
)

select * from renamed
