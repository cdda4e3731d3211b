-- What the board about quality answers first, of each programme and release: what is awaited, what is to be
-- corrected, what was revised, which checks hold. A file without reports has no answer.
with newest as (
    select
        release,
        programme,
        sender,
        log,
        arg_max(state, month) as state
    from main.reports
    where state <> 'not_due'
    group by all
),

awaited as (
    select
        release,
        programme,
        count(*) filter (where state in ('late', 'refused', 'held')) as answer,
        count(*) as of_all
    from newest
    group by all
),

refused as (
    select
        release,
        coalesce(sum(rows) filter (where is_open), 0) as answer
    from main.refusals
    group by release
),

revised as (
    select
        release,
        sum(corrected) + sum(retracted) as answer
    from main.revisions
    group by release
),

checked as (
    select
        release,
        count(*) filter (where passed) as answer,
        count(*) as of_all
    from main.checks
    group by release
),

answers as (
    select
        release,
        programme,
        1 as answer_rank,
        answer,
        'Journaux en attente' as name_fr,
        'Logs awaited' as name_en,
        'sur ' || of_all || if(of_all > 1, ' journaux dus', ' journal dû') as unit_fr,
        'of ' || of_all || if(of_all > 1, ' logs due', ' log due') as unit_en
    from awaited
    union all
    select
        awaited.release,
        awaited.programme,
        2 as answer_rank,
        coalesce(refused.answer, 0) as answer,
        'Lignes refusées, à corriger' as name_fr,
        'Rows refused, to correct' as name_en,
        'des derniers relevés' as unit_fr,
        'of the newest statements' as unit_en
    from awaited
    left join refused on awaited.release = refused.release
    union all
    select
        awaited.release,
        awaited.programme,
        3 as answer_rank,
        coalesce(revised.answer, 0) as answer,
        'Faits corrigés ou retirés' as name_fr,
        'Facts corrected or withdrawn' as name_en,
        'depuis le premier relevé' as unit_fr,
        'since the first statement' as unit_en
    from awaited
    left join revised on awaited.release = revised.release
    union all
    select
        awaited.release,
        awaited.programme,
        4 as answer_rank,
        checked.answer,
        'Contrôles satisfaits' as name_fr,
        'Checks satisfied' as name_en,
        'sur ' || checked.of_all as unit_fr,
        'of ' || checked.of_all as unit_en
    from awaited
    inner join checked on awaited.release = checked.release
),

compared as (
    select
        *,
        lag(release) over by_release as previous,
        answer - lag(answer) over by_release as difference
    from answers
    window by_release as (partition by programme, answer_rank order by release)
)

select
    compared.release,
    known.diffusion_fr,
    known.diffusion_en,
    compared.programme,
    known.programme_fr,
    known.programme_en,
    cast(compared.answer_rank as integer) as answer_rank,
    compared.name_fr,
    compared.name_en,
    replace(format('{:,}', cast(compared.answer as bigint)), ',', ' ') as figure_fr,
    format('{:,}', cast(compared.answer as bigint)) as figure_en,
    compared.unit_fr,
    compared.unit_en,
    if(
        compared.difference = 0,
        'inchangé',
        if(compared.difference > 0, '+', '−')
        || replace(format('{:,}', abs(cast(compared.difference as bigint))), ',', ' ')
    ) || ' depuis la diffusion n° ' || compared.previous as change_fr,
    if(
        compared.difference = 0,
        'unchanged',
        if(compared.difference > 0, '+', '−') || format('{:,}', abs(cast(compared.difference as bigint)))
    ) || ' since release No. ' || compared.previous as change_en
from compared
inner join main.state as known
    on compared.release = known.release and compared.programme = known.programme
