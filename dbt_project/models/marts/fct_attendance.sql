with source as (
    select * from {{ as_of('training_attended') }}
),

milieux as (
    select distinct
        partner,
        milieu_fr
    from {{ ref('dim_partner') }}
),

renamed as (
    select
        source.event_id as fact_id,
        {{ events_behind('source') }} as event_ids,
        source.sender,
        source.programme,
        source.territory,
        {{ person('source') }} as person,
        source.no_session,
        source.theme,
        source.organisation,
        coalesce(milieux.milieu_fr, 'autre') as milieu,
        source.score_avant,
        source.score_apres,
        source.time_precision,
        source.first_day,
        source.last_day
    from source
    left join {{ ref('dim_person') }} as dim_person on source.token = dim_person.token
    left join milieux on source.organisation = milieux.partner
),

-- Where two senders tell one session otherwise, the most precise and earliest date is believed.
headers as (
    select *
    from renamed
    qualify
        row_number() over (
            partition by no_session
            order by {{ vagueness() }}, first_day, sender, territory, programme, fact_id
        ) = 1
),

told as (
    select
        renamed.fact_id,
        list_distinct(list_concat(renamed.event_ids, headers.event_ids)) as event_ids,
        renamed.sender,
        case when renamed.sender = headers.sender then renamed.programme else headers.programme end
            as programme,
        case when renamed.sender = headers.sender then renamed.territory else headers.territory end
            as territory,
        renamed.person,
        renamed.no_session,
        renamed.theme,
        renamed.organisation,
        renamed.milieu,
        renamed.score_avant,
        renamed.score_apres,
        renamed.score_apres - renamed.score_avant as gain,
        case when renamed.sender = headers.sender then renamed.time_precision else headers.time_precision end
            as time_precision,
        case when renamed.sender = headers.sender then renamed.first_day else headers.first_day end
            as first_day,
        case when renamed.sender = headers.sender then renamed.last_day else headers.last_day end
            as last_day,
        renamed.sender = headers.sender as is_believed
    from renamed
    inner join headers on renamed.no_session = headers.no_session
),

-- One attendance per session and person; a row with both scores says more than one without.
once as (
    select * exclude (is_believed)
    from told
    qualify
        row_number() over (
            partition by no_session, person
            order by
                (gain is null),
                (not is_believed),
                {{ vagueness() }},
                first_day,
                territory,
                sender,
                organisation,
                gain,
                score_avant
        ) = 1
)

select * from once
