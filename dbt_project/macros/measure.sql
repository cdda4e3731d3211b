{#-
    One measure in every cell: the only place where facts meet programmes, periods, territories, partners
    and values of a breakdown. `facts` names a CTE that has programme, territory, first_day and last_day;
    the other arguments are aggregates over `fact`, and may read the days of `cell`, the period. Persons are
    counted within the cell, never summed over cells.
    - numerator, denominator, persons: aggregates; a count has no denominator; persons are counted by
      `fact.person`, from which the share of them that the linkage made is worked out;
    - value: when it is neither the numerator nor numerator / denominator;
    - estimate: what was estimated of each cell already: `of` is a mart with one row per programme, period
      and territory, `low` and `high` its columns with the bounds of the 95 % interval, `value` the one with
      the value, where it is estimated too;
    - partner: whether the facts' `partner` is a dimension of this measure; 'sender' where the partner is
      also who sends the logs, so that its figure waits for its own;
    - breakdown: a column of the facts; the measure then has a row for each value seen in a cell, and no
      headline (`measure_with` gives both). A value that is not listed was not seen there: the headline says
      whether anything was. With `partner`, each partner has its own values too: what it knows of the parts,
      never shown.
    Which facts a cell holds is for the entry to say (`holds`): those that happened `within` it, those that
    were going on at some time of it (`overlaps`) or at its end (`at_end`); the latter two read the facts'
    begins_on and ends_on.
    What a log's last statement does not reach is not yet reported, and never a zero. `covered_to` is the
    last day that all of the KPI's logs, from all of their senders, have told (for a partner that sends
    them, its own), no later than the period's end: a figure is provisional where it comes before. A figure
    of a period that begins later is one only where some sender has already told something of it.
    A KPI whose grain has no territory is measured over all of them only. With the var `trace`, the facts
    of each cell are listed, each with its events, instead of being counted: `bilan trace` reads them.
-#}
{% macro measure(code, facts, breakdown=none) -%}
    {{ measure_parts(code, facts, [breakdown], **kwargs) }}
{%- endmacro %}

{#- A measure and its breakdowns, as one relation. -#}
{% macro measure_with(code, facts, breakdowns) -%}
    {{ measure_parts(code, facts, [none] + breakdowns, **kwargs) }}
{%- endmacro %}

{#- The parts of a measure: none is the headline, the others are columns of the facts. -#}
{% macro measure_parts(
    code, facts, parts, numerator=none, denominator=none, persons=none, value=none, estimate=none, partner=false
) -%}
{%- set kpi = catalogue_entry(code) -%}
{%- set facts = under_successors(facts) if partner and var('partners', none) == 'successor' else facts -%}
{%- set breakdowns = parts | select | list -%}
{%- if var('trace', none) -%}
{{ facts_listed(kpi, code, facts, parts, partner) }}
{%- else -%}
{%- set waits = partner == 'sender' and var('partners', none) != 'successor' -%}
{%- set aggregates = aggregates_of(numerator, denominator, persons, value) -%}
select
    '{{ code }}' as code,
    programme,
    territory,
    partner,
    period_kind,
    period_start,
    period_end,
    breakdown,
    breakdown_value,
    case when status in ('value', 'true_zero') then measured end as value,
    case when status = 'value' then low end as low,
    case when status = 'value' then high end as high,
    case when status <> 'not_yet_reported' then numerator end as numerator,
    case when status <> 'not_yet_reported' then denominator end as denominator,
    case when status <> 'not_yet_reported' then n_persons end as n_persons,
    case when status in ('value', 'true_zero') then n_linked / nullif(n_persons, 0) end as link_rate,
    least(covered_to, period_end) as covered_to,
    status,
    known_at
from (
    with {{ periods_and_spans(kpi, facts) }},

    kpi_axis as (
        {{ axis(facts, partner) }}
    ),

    {% if persons -%}
    kpi_persons as (
        {{ persons_numbered(facts) }}
    ),

    {% endif -%}
    kpi_counted as (
        select
            cell.period,
            {{ dimensions_counted(kpi, partner, breakdowns) }},
            {{ aggregates }}
        {{ facts_in_spans(kpi, facts, persons) }}
        {{ grouped(kpi, parts, partner) }}
    ),

    {% if none in parts -%}
    kpi_nothing as (
        {{ counted_of_none(kpi, facts, persons, aggregates) }}
    ),

    {% endif -%}
    kpi_rows as (
        {% if none in parts -%}
        {{ headlines() }}
        {%- endif %}
        {% if none in parts and breakdowns -%}
        union all
        {% endif -%}
        {% if breakdowns -%}
        select kpi_counted.*
        from kpi_counted
        inner join kpi_cells as cell
            on kpi_counted.period = cell.period and kpi_counted.territory is not distinct from cell.territory
        where kpi_counted.breakdown is not null
        {%- endif %}
    ),

    kpi_known as (
        select
            cell.programme,
            cell.period_kind,
            cell.period_start,
            cell.period_end,
            cell.logs_known,
            cell.known_at,
            {% if waits -%}
            waiting.lacks_reports,
            case when figures.partner is null then cell.covered_to else waiting.covered_to end as covered_to,
            case when figures.partner is null then cell.told_to else waiting.covered_to end as told_to,
            {% else -%}
            cell.covered_to,
            cell.told_to,
            {% endif -%}
            figures.* exclude (period{{ ', measured' if estimate and estimate.value }}),
            {{ estimated(estimate) }}
        from kpi_rows as figures
        inner join kpi_periods as cell on figures.period = cell.period
        {% if waits -%}
        left join ({{ reports_of_partners(kpi) }}) as waiting
            on figures.period = waiting.period and figures.partner = waiting.partner
        {% endif -%}
        {% if estimate -%}
        left join {{ estimate.of }} as said
            on
                cell.programme = said.programme
                and cell.period_kind = said.period_kind
                and cell.period_start = said.period_start
                and figures.territory is not distinct from said.territory
        {% endif -%}
    )

    select
        *,
        case
            {% if kpi.logs -%}
            when not list_has_all(logs_known, {{ text_list(kpi.logs) }}) then 'not_yet_reported'
            {% else -%}
            when logs_known = [] then 'not_yet_reported' -- what Bilan tells itself begins with the first log
            {% endif -%}
            {% if waits -%}
            when lacks_reports then 'not_yet_reported'
            {% endif -%}
            when told_to < period_start then 'not_yet_reported'
            when covered_to < period_start{% if kpi.holds != 'at_end' %} and coalesce(measured, 0) = 0{% endif %}
                then 'not_yet_reported'
            when measured is null then 'missing'
            {% if kpi.format in ['count', 'amount'] -%}
            when measured = 0 then 'true_zero'
            {% endif -%}
            else 'value'
        end as status
    from kpi_known
) as known
{%- endif -%}
{%- endmacro %}

{#- What was estimated of a figure's cell: bounds, and the value where it is estimated too. -#}
{% macro estimated(estimate) -%}
    {%- if estimate and estimate.value -%}
    cast(said.{{ estimate.value }} as double) as measured,
    {% endif -%}
    cast({{ 'said.' ~ estimate.low if estimate else 'null' }} as double) as low,
    cast({{ 'said.' ~ estimate.high if estimate else 'null' }} as double) as high
{%- endmacro %}
