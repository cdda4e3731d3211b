with source as (
    select * from {{ source('reference', 'partners') }}
),

-- One row per partner and programme.
renamed as (
    select
        unnest(string_split(programmes, '|')) as programme,
        code as partner,
        name_fr,
        milieu_fr,
        milieu_en
    from source
)

select * from renamed
