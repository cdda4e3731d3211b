-- One row per cell, the figure written as a French reader reads it; no figure is written for a
-- cell that is hidden, missing or not yet received: its status says so.
nombres as (
    select
        *,
        case
            when value is null then null
            when format = 'rate'
                then replace(replace(printf('%.1f', 100 * value), '.0', ''), '.', ',') || chr(160) || '%'
            when format in ('count', 'amount')
                then replace(format('{:,}', cast(round(value) as bigint)), ',', chr(160))
            else replace(replace(printf('%.1f', value), '.0', ''), '.', ',')
        end as ecrit
    from cellules
),
signes as (
    -- A gain is said with its sign.
    select
        *,
        case when code in ('P03', 'P03.relative') and value > 0 then '+' || ecrit else ecrit end as chiffre
    from nombres
),
-- What is said beside a key figure, from the companion measure of the same period and place.
compagnons (code, compagnon, avant, apres) as (
    values
        ('M04', 'M04.presented', 'et ', ' des causes présentées à la cour'),
        ('M05', 'M05.meetings', 'en ', ' rencontres'),
        ('M06', 'M06.informal', 'et ', ' échanges informels'),
        ('P02', 'P02.attendances', 'en ', ' présences'),
        ('P03.relative', 'P03', 'soit ', ' points sur 100')
)
select
    s.code,
    s.programme,
    s.territoire,
    s.genre_periode,
    s.periode,
    s.period_start as debut,
    s.period_end as fin,
    s.name_fr as indicateur,
    case
        when s.partner is not null then 'organisation'
        when s.breakdown is not null then 'ventilation'
        else 'ensemble'
    end as niveau,
    case when s.partner is null then 'Ensemble des organisations' else 'Votre organisation (' || s.partner || ')' end
        as organisation,
    case when s.breakdown is null then 'ensemble' else s.breakdown_fr || ' : ' || s.breakdown_value_fr end
        as ventilation,
    s.value as valeur,
    s.chiffre,
    coalesce(s.chiffre, '—') as chiffre_ecrit,
    s.unit_fr as unite,
    case
        when s.chiffre is not null and s.denominator is not null
            then 'n = ' || replace(format('{:,}', cast(s.denominator as bigint)), ',', chr(160))
        else ''
    end as n,
    case
        when s.chiffre is not null and s.link_rate is not null
            then replace(replace(printf('%.1f', 100 * s.link_rate), '.0', ''), '.', ',') || chr(160) || '%'
        else ''
    end as taux_liaison,
    case when s.chiffre is not null and p.chiffre is not null then c.avant || p.chiffre || c.apres end as precision,
    case when s.chiffre is null then s.status_fr end as sans_chiffre,
    s.status_fr as statut
from signes as s
left join compagnons as c on s.code = c.code
left join signes as p
    on
        c.compagnon = p.code
        and s.programme = p.programme
        and s.territoire = p.territoire
        and s.genre_periode = p.genre_periode
        and s.periode = p.periode
        and s.partner is not distinct from p.partner
        and s.breakdown is null
        and p.breakdown is null
