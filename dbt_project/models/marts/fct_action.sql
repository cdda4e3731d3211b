with decided as (
    select * from {{ as_of('action_decided') }}
),

completed as (
    select * from {{ as_of('action_completed') }}
),

final as (
    select
        decided.event_id as fact_id,
        list_distinct([decided.event_id, completed.event_id]) as event_ids,
        decided.programme,
        decided.territory,
        decided.organisation,
        coalesce(decided.axe, 'inconnu') as axe,
        coalesce(decided.cible, 'inconnu') as cible,
        completed.event_id is not null as is_completed,
        completed.first_day as completed_from,
        completed.last_day as completed_by,
        {{ days_between('decided', 'completed') }} as days_to_completion,
        decided.time_precision,
        decided.first_day,
        decided.last_day
    from decided
    left join completed
        on decided.sender = completed.sender and decided.natural_key = completed.natural_key
)

select * from final
