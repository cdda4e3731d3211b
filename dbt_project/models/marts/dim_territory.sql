with listed as (
    select name from {{ source('reference', 'territories') }}
),

told as (
    select territory from {{ ref('stg_event') }}
    where territory is not null
),

-- A name that left the steward's list keeps its past.
every as (
    select name as territory from listed
    union
    select territory from told
)

select * from every
