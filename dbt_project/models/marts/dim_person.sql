with recursive links as (
    select * from {{ ref('state_token_linked') }}
),

edges as (
    select
        token,
        other
    from links
    union
    select
        other as token,
        token as other
    from links
),

reached as (
    select
        token,
        token as other
    from edges
    union
    select
        reached.token,
        edges.other
    from reached
    inner join edges on reached.other = edges.token
),

components as (
    select
        token,
        min(other) as person
    from reached
    group by token
),

told as (
    select
        components.person,
        list_sort(list(distinct links.event_id)) as link_ids
    from links
    inner join components on links.token = components.token
    group by components.person
),

final as (
    select
        components.token,
        components.person,
        told.link_ids
    from components
    inner join told on components.person = told.person
)

select * from final
