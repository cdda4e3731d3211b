-- What the board rests on: known at which date, which build, synthetic or not, what is awaited.
programmes as (
    select
        programme,
        max(known_at) as connu_au,
        string_agg(
            distinct case
                when period_kind = 'total' and status = 'not_yet_reported' and breakdown is null
                    and partner is null and territory is null
                    then name_fr
            end, ', '
        ) as en_attente
    from kpi_affichage
    group by programme
),
jours as (
    select p.programme, p.en_attente, b.build, b.synthetic, 'connu' as quoi, p.connu_au as jour
    from programmes as p cross join build_info as b
    union all
    select p.programme, p.en_attente, b.build, b.synthetic, 'publie' as quoi, cast(b.published_at as date) as jour
    from programmes as p cross join build_info as b
),
dates as (
    select
        *,
        case when day(jour) = 1 then '1er' else cast(day(jour) as varchar) end || ' '
        || case month(jour)
            when 1 then 'janvier' when 2 then 'février' when 3 then 'mars' when 4 then 'avril'
            when 5 then 'mai' when 6 then 'juin' when 7 then 'juillet' when 8 then 'août'
            when 9 then 'septembre' when 10 then 'octobre' when 11 then 'novembre' else 'décembre'
        end || ' ' || cast(year(jour) as varchar) as date_fr
    from jours
)
select
    programme,
    cast(build as varchar) as publication,
    max(case when quoi = 'connu' then date_fr end) as connu_au,
    max(case when quoi = 'publie' then date_fr end) as publie_le,
    case when synthetic then 'données synthétiques' end as synthetique,
    en_attente
from dates
group by programme, build, synthetic, en_attente
