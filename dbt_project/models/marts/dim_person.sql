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
)

select * from components
