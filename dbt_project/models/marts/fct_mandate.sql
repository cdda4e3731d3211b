with begun as (
    select
        *,
        'partenaire' as objet
    from {{ as_of('partner_joined') }}
    union all by name
    select
        *,
        'délégué' as objet
    from {{ as_of('delegate_named') }}
    union all by name
    select
        *,
        'poste de coordination' as objet
    from {{ as_of('coordination_filled') }}
),

ended as (
    select
        *,
        'partenaire' as objet
    from {{ as_of('partner_left') }}
    union all by name
    select
        *,
        'délégué' as objet
    from {{ as_of('delegate_left') }}
    union all by name
    select
        *,
        'poste de coordination' as objet
    from {{ as_of('coordination_vacated') }}
),

final as (
    select
        begun.event_id as fact_id,
        list_distinct(list_concat({{ events_behind('begun') }}, [ended.event_id])) as event_ids,
        begun.programme,
        begun.territory,
        {{ person('begun') }} as person,
        begun.objet,
        begun.organisation as partner,
        coalesce(begun.chef_de_file, false) as is_lead,
        begun.first_day as begins_on,
        ended.last_day as ends_on,
        ended.first_day as ends_from,
        case when ended.event_id is null then greatest(begun.first_day, told.covered_to) end as known_to,
        {{ days_between('begun', 'ended') }} as days_in_post,
        begun.time_precision,
        begun.first_day,
        begun.last_day
    from begun
    left join ended
        on begun.sender = ended.sender and begun.natural_key = ended.natural_key and begun.objet = ended.objet
    left join {{ ref('dim_person') }} as dim_person on begun.token = dim_person.token
    left join {{ ref('state_report') }} as told
        on begun.programme = told.programme and begun.sender = told.sender and told.log = 'concertation'
)

select * from final
