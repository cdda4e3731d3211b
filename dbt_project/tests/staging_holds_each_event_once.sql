{{ config(meta={"dagster": {"ref": {"name": "kpi_values"}}}) }}
-- depends_on: {{ ref('kpi_values') }}
-- Each event of the ledger is staged once, whatever its type; a statement's receipt is read where it stands.
with staged as (
    {{ staged_events() }}
)

select
    events.id,
    count(staged.event_id) as times
from {{ source('ledger', 'events') }} as events
left join staged on events.id = staged.event_id
where events.type <> 'intake.statement.received.v1'
group by events.id
having count(staged.event_id) <> 1
