with exchanges as (
    select * from {{ as_of('exchange_made') }}
),

sessions as (
    select * from {{ as_of('training_attended') }}
),

activities as (
    select
        *,
        'visite de classe' as activite
    from {{ as_of('class_visited') }}
    union all by name
    select
        *,
        'résidence' as activite
    from {{ as_of('residency_held') }}
    union all by name
    select
        *,
        'présentation conjointe' as activite
    from {{ as_of('presentation_given') }}
),

told as (
    select
        'echanges' as log,
        no_echange as number,
        sender,
        programme,
        [
            'date_echange=' || min(first_day) || '/' || min(last_day),
            'de=' || min(de),
            'vers=' || min(vers),
            'formel=' || bool_or(formel),
            'territoire=' || min(territory)
        ] as statements
    from exchanges
    group by no_echange, sender, programme
    union all
    select
        'formations' as log,
        no_session as number,
        sender,
        programme,
        [
            'date_session=' || min(first_day) || '/' || min(last_day),
            'theme=' || min(theme),
            'territoire=' || min(territory)
        ] as statements
    from sessions
    group by no_session, sender, programme
    union all
    select
        'sans_p_ni_e' as log,
        no_activite as number,
        sender,
        programme,
        [
            'date_activite=' || min(first_day) || '/' || min(last_day),
            'activite=' || min(activite),
            'no_ecole=' || min(no_ecole),
            'no_classe=' || min(no_classe),
            'jeunes_rejoints=' || min(jeunes_rejoints),
            'territoire=' || min(territory)
        ] as statements
    from activities
    group by no_activite, sender, programme
),

compared as (
    select
        log,
        number,
        sender,
        programme,
        unnest(statements) as statement
    from told
),

disagreements as (
    select
        log,
        number,
        split_part(statement, '=', 1) as field,
        list_sort(list(distinct sender)) as senders
    from compared
    group by log, number, field
    having count(distinct statement) > 1
)

select * from disagreements
