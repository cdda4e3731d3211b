{{ config(materialized='view') }}

with source as (
    select * from {{ source('ledger', 'events') }}
),

renamed as (
    select
        sequence,
        source as sender,
        log,
        programme,
        territory,
        reporteddate
    from source
)

select * from renamed
