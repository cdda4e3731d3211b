-- Shared head of the boards' datasets: every published cell, with its period and place in words.
with cellules as (
    select
        code,
        programme,
        partner,
        period_kind,
        period_start,
        period_end,
        breakdown,
        breakdown_fr,
        breakdown_value_fr,
        value,
        denominator,
        n_persons,
        link_rate,
        status,
        status_fr,
        name_fr,
        unit_fr,
        format,
        period_label as periode,
        coalesce(territory, 'Tous les territoires') as territoire,
        case period_kind
            when 'total' then 'Depuis le début'
            when 'phase' then 'Phase'
            when 'programme_year' then 'Année du programme'
            when 'fiscal_year' then 'Année financière (avril à mars)'
            when 'quarter' then 'Trimestre'
            else 'Mois'
        end as genre_periode
    from kpi_affichage
),
