with source as (
    select * from {{ ref('stg_event') }}
    where
        {{ known() }}
        -- What Bilan tells itself is no partner's log: it makes no period longer and no log received.
        and log <> 'identity'
),

reports as (
    select
        programme,
        log,
        sender,
        min(reporteddate) as first_reported,
        max(reporteddate) as last_reported,
        {{ horizon('max(reporteddate)') }} as covered_to
    from source
    group by programme, log, sender
)

select * from reports
