with source as (
    select * from {{ as_of('case_concluded') }}
),

charges as (
    select * from {{ ref('fct_charge') }}
),

renamed as (
    select
        source.event_id as fact_id,
        {{ events_behind('source') }} as event_ids,
        source.programme,
        source.territory,
        {{ person('source') }} as person,
        source.no_cour,
        source.issue,
        source.time_precision,
        source.first_day,
        source.last_day
    from source
    left join {{ ref('dim_person') }} as dim_person on source.token = dim_person.token
),

-- A case is a court file and a person.
once as (
    select *
    from renamed
    qualify
        row_number() over (
            partition by no_cour, person
            order by {{ vagueness() }}, first_day, territory, issue
        ) = 1
),

final as (
    select
        once.* replace (list_distinct(list_concat(once.event_ids, charges.event_ids)) as event_ids),
        once.issue in ('plaidoyer de culpabilité', 'verdict de culpabilité') as is_guilty,
        once.issue not in ('retrait', 'arrêt des procédures') as is_presented,
        {{ days_between('charges', 'once') }} as days_from_charge
    from once
    left join charges on once.no_cour = charges.no_cour and once.person = charges.person
)

select * from final
