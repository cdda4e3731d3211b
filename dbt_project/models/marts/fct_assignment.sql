with assigned as (
    select * from {{ as_of('staff_assigned') }}
),

ended as (
    select * from {{ as_of('staff_left') }}
),

replaced as (
    select * from {{ as_of('staff_replaced') }}
),

-- Where a day is not known, a person may have been in post on any that is possible.
final as (
    select
        assigned.event_id as fact_id,
        list_distinct(list_concat({{ events_behind('assigned') }}, [ended.event_id, replaced.event_id]))
            as event_ids,
        assigned.sender as partner,
        assigned.programme,
        assigned.territory,
        {{ person('assigned') }} as person,
        assigned.categorie,
        assigned.role,
        assigned.lien,
        replaced.event_id is not null as is_replacement,
        assigned.first_day as begins_on,
        ended.last_day as ends_on,
        ended.first_day as ends_from,
        case when ended.event_id is null then greatest(assigned.first_day, told.covered_to) end as known_to,
        assigned.time_precision,
        assigned.first_day,
        assigned.last_day
    from assigned
    left join ended on assigned.sender = ended.sender and assigned.natural_key = ended.natural_key
    left join replaced on assigned.sender = replaced.sender and assigned.natural_key = replaced.natural_key
    left join {{ ref('dim_person') }} as dim_person on assigned.token = dim_person.token
    left join {{ ref('state_report') }} as told
        on assigned.programme = told.programme and assigned.sender = told.sender and told.log = 'effectifs'
)

select * from final
