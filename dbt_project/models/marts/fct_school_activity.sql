with activities as (
    select
        *,
        'visite de classe' as activite,
        cast(null as varchar) as avec
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

renamed as (
    select
        event_id as fact_id,
        [event_id] as event_ids,
        sender,
        programme,
        territory,
        no_activite,
        activite,
        no_ecole,
        -- Two schools may have a class of the same number.
        no_ecole || ' ' || no_classe as school_class,
        coalesce(niveau, 'inconnu') as niveau,
        jeunes_rejoints,
        avec,
        time_precision,
        first_day,
        last_day
    from activities
),

-- Where two senders tell one activity, the most precise and earliest date is believed, with its row.
once as (
    select *
    from renamed
    qualify
        row_number() over (
            partition by no_activite
            order by {{ vagueness() }}, first_day, sender, territory, programme, activite
        ) = 1
)

select * from once
