with linked as (
    select * from {{ ref('stg_token_linked') }}
    where {{ known() }}
),

unlinked as (
    select * from {{ ref('stg_token_unlinked') }}
    where {{ known() }}
),

told as (
    select
        *,
        action <> 'retract' as is_one
    from linked
    union all by name
    select
        *,
        false as is_one
    from unlinked
),

-- A link has no day of its own: `until` says nothing of who is who.
latest as (
    select *
    from told
    qualify row_number() over (partition by token, other order by reporteddate desc, sequence desc) = 1
),

standing as (
    select * exclude (is_one)
    from latest
    where is_one
)

select * from standing
