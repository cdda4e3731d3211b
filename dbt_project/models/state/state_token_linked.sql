with source as (
    select * from {{ ref('stg_token_linked') }}
    where {{ known() }}
),

-- A link has no day of its own: `until` says nothing of who is who.
latest as (
    select *
    from source
    qualify row_number() over (partition by token, other order by reporteddate desc, sequence desc) = 1
)

select * from latest
where action <> 'retract'
