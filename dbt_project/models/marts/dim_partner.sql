with recursive source as (
    select * from {{ source('reference', 'partners') }}
),

-- One row per partner and organisation that it has become, itself first.
becoming as (
    select
        code as partner,
        code as heir,
        successor as next_heir,
        0 as steps
    from source
    union all
    select
        becoming.partner,
        source.code as heir,
        source.successor as next_heir,
        becoming.steps + 1 as steps
    from becoming
    inner join source on becoming.next_heir = source.code
    where becoming.steps < 20 -- a list that goes in circles ends too
),

heirs as (
    select
        partner,
        last(heir order by steps) as heir
    from becoming
    group by partner
),

-- One row per partner and programme.
renamed as (
    select
        unnest(string_split(source.programmes, '|')) as programme,
        source.code as partner,
        source.name_fr,
        source.milieu_fr,
        source.milieu_en,
        source.valid_from,
        source.valid_to,
        heirs.heir
    from source
    inner join heirs on source.code = heirs.partner
)

select * from renamed
