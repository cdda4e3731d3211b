{#-
    One measure in every cell: the only place where facts meet programmes, periods, territories, partners
    and values of a breakdown. `facts` names a CTE that has programme, territory, first_day and last_day;
    the other arguments are aggregates over `fact`, which is empty where nothing happened, so never
    count(*). Persons are counted within the cell, never summed over cells.
    - numerator, denominator, persons: aggregates; a count has no denominator;
    - value: when it is neither the numerator nor numerator / denominator;
    - partner: whether the facts' `partner` is a dimension of this measure;
    - breakdown: a column of the facts; the measure then has a row for each value seen in a cell, and no
      headline. A value that is not listed was not seen there: the headline says whether anything was.
-#}
{% macro measure(
    code, facts, numerator=none, denominator=none, persons=none, value=none, partner=false, breakdown=none
) -%}
{%- set kpi = catalogue_entry(code) -%}
select
    code,
    programme,
    territory,
    partner,
    period_kind,
    period_start,
    period_end,
    breakdown,
    breakdown_value,
    case when status in ('value', 'true_zero') then measured end as value,
    case when status <> 'not_yet_reported' then numerator end as numerator,
    case when status <> 'not_yet_reported' then denominator end as denominator,
    case when status <> 'not_yet_reported' then n_persons end as n_persons,
    status,
    known_at
from (
    select
        aggregated.*,
        case
            when not list_has_any(logs_known, {{ text_list(kpi.logs) }}) then 'not_yet_reported'
            when measured is null then 'missing'
            {% if kpi.format == 'count' -%}
            when measured = 0 then 'true_zero'
            {% endif -%}
            else 'value'
        end as status
    from (
        select
            '{{ code }}' as code,
            cell.programme,
            cell.territory,
            axis.partner,
            cell.period_kind,
            cell.period_start,
            cell.period_end,
            cast({{ "'" ~ breakdown ~ "'" if breakdown else 'null' }} as varchar) as breakdown,
            axis.breakdown_value,
            cast(
                {% if value -%}
                {{ value }}
                {%- elif denominator -%}
                ({{ numerator }}) / nullif({{ denominator }}, 0)
                {%- else -%}
                {{ numerator }}
                {%- endif %} as double
            ) as measured,
            cast({{ numerator or 'null' }} as double) as numerator,
            cast({{ denominator or 'null' }} as double) as denominator,
            cast({{ persons or 'null' }} as bigint) as n_persons,
            cell.logs_known,
            cell.known_at
        from {{ ref('dim_cell') }} as cell
        inner join ({{ axis(facts, partner, breakdown) }}) as axis on cell.programme = axis.programme
        {{ 'inner' if breakdown else 'left' }} join {{ facts }} as fact
            on
                cell.programme = fact.programme
                and cell.first_day <= fact.first_day
                and cell.last_day >= fact.last_day
                and (cell.territory is null or cell.territory = fact.territory)
                {% if partner -%}
                and (axis.partner is null or axis.partner = fact.partner)
                {% endif -%}
                {% if breakdown -%}
                and axis.breakdown_value = fact.{{ breakdown }}
                {% endif -%}
        where
            cell.programme in (select listed.unnest from unnest({{ text_list(kpi.programmes) }}) as listed)
            or list_has_any(cell.logs_known, {{ text_list(kpi.logs) }})
        group by all
    ) as aggregated
) as known
{%- endmacro %}

{#- The partners and values of a breakdown that a measure has, per programme; null sums over partners. -#}
{% macro axis(facts, partner, breakdown) -%}
    {%- if breakdown -%}
    select distinct
        programme,
        cast(null as varchar) as partner,
        {{ breakdown }} as breakdown_value
    from {{ facts }}
    {%- else -%}
    select
        code as programme,
        cast(null as varchar) as partner,
        cast(null as varchar) as breakdown_value
    from {{ source('reference', 'programmes') }}
    {%- if partner %}
    union all
    select
        programme,
        partner,
        null as breakdown_value
    from (
        select
            programme,
            partner
        from {{ ref('dim_partner') }}
        union
        select
            programme,
            partner
        from {{ facts }}
    ) as partners
    {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{#- A measure and its breakdowns, as one relation. -#}
{% macro measure_with(code, facts, breakdowns) -%}
    {{ measure(code, facts, **kwargs) }}
    {%- for breakdown in breakdowns %}
    union all
    {{ measure(code, facts, numerator=kwargs.numerator, denominator=kwargs.denominator,
               persons=kwargs.persons, value=kwargs.value, breakdown=breakdown) }}
    {%- endfor -%}
{%- endmacro %}
