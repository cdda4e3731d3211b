with source as (
    select * from {{ as_of('charge_laid') }}
),

arrests as (
    select * from {{ ref('fct_arrest') }}
),

renamed as (
    select
        source.event_id as fact_id,
        {{ events_behind('source') }} as event_ids,
        source.programme,
        source.territory,
        {{ person('source') }} as person,
        source.no_cour,
        source.no_evenement,
        source.chefs,
        source.infraction,
        source.time_precision,
        source.first_day,
        source.last_day
    from source
    left join {{ ref('dim_person') }} as dim_person on source.token = dim_person.token
),

once as (
    select *
    from renamed
    qualify
        row_number() over (
            partition by no_cour, person
            order by {{ vagueness() }}, first_day, territory, infraction
        ) = 1
),

-- The arrest that the charge names, otherwise the person's last one that was surely not after it.
followed as (
    select
        once.fact_id,
        arrests.event_ids,
        {{ days_between('arrests', 'once') }} as days_from_arrest
    from once
    inner join arrests
        on
            once.person = arrests.person
            and (once.no_evenement = arrests.no_evenement or once.first_day >= arrests.last_day)
    qualify
        row_number() over (
            partition by once.fact_id
            order by
                once.no_evenement is not distinct from arrests.no_evenement desc,
                arrests.last_day desc,
                arrests.first_day desc
        ) = 1
),

final as (
    select
        once.* replace (list_distinct(list_concat(once.event_ids, followed.event_ids)) as event_ids),
        followed.days_from_arrest
    from once
    left join followed on once.fact_id = followed.fact_id
)

select * from final
