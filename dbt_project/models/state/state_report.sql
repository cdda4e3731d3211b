with source as (
    select * from {{ ref('stg_event') }}
    where {{ known() }}
),

reports as (
    select
        programme,
        log,
        list_sort(list(distinct sender)) as senders,
        min(reporteddate) as first_reported,
        max(reporteddate) as last_reported
    from source
    group by programme, log
)

select * from reports
