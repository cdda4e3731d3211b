with source as (
    select * from {{ as_of('exchange_made') }}
),

renamed as (
    select
        source.event_id as fact_id,
        {{ events_behind('source') }} as event_ids,
        source.sender,
        source.programme,
        source.territory,
        {{ person('source') }} as person,
        source.no_echange,
        source.rang,
        source.de,
        source.vers,
        source.formel,
        source.nature,
        source.consentement_nominatif,
        source.time_precision,
        source.first_day,
        source.last_day
    from source
    left join {{ ref('dim_person') }} as dim_person on source.token = dim_person.token
),

-- Where two senders tell one exchange otherwise, the one who passed the information on is believed.
headers as (
    select *
    from renamed
    qualify
        row_number() over (
            partition by no_echange
            order by sender = de desc, {{ vagueness() }}, first_day, sender, rang
        ) = 1
),

told as (
    select
        renamed.*,
        renamed.sender = headers.sender as is_believed,
        headers.programme as told_programme,
        headers.territory as told_territory,
        headers.event_ids as told_event_ids,
        headers.de as told_de,
        headers.vers as told_vers,
        headers.time_precision as told_precision,
        headers.first_day as told_first_day,
        headers.last_day as told_last_day,
        bool_or(renamed.formel) over (partition by renamed.no_echange) as is_formal,
        bool_or(renamed.person is not null) over (partition by renamed.no_echange) as has_youth
    from renamed
    inner join headers on renamed.no_echange = headers.no_echange
),

final as (
    select
        fact_id,
        list_distinct(list_concat(event_ids, told_event_ids)) as event_ids,
        sender,
        case when is_believed then programme else told_programme end as programme,
        case when is_believed then territory else told_territory end as territory,
        person,
        no_echange,
        rang,
        case
            when is_believed then de || ' > ' || vers
            else told_de || ' > ' || told_vers
        end as direction,
        is_formal,
        nature,
        -- A refusal told on a row without a reference counts with the youths of its exchange.
        person is not null
        or (has_youth and not coalesce(consentement_nominatif, true)) as is_about_youth,
        not coalesce(consentement_nominatif, true) as is_refused,
        case when is_believed then time_precision else told_precision end as time_precision,
        case when is_believed then first_day else told_first_day end as first_day,
        case when is_believed then last_day else told_last_day end as last_day
    from told
)

select * from final
