{#-
    One measure in every cell: the only place where facts meet programmes, periods, territories, partners
    and values of a breakdown. `facts` names a CTE that has programme, territory, first_day and last_day;
    the other arguments are aggregates over `fact`, which is empty where nothing happened, so never
    count(*). Persons are counted within the cell, never summed over cells.
    - numerator, denominator, persons: aggregates; a count has no denominator; persons are counted by
      `fact.person`, from which the share of them that the linkage made is worked out;
    - value: when it is neither the numerator nor numerator / denominator;
    - low, high: bounds of the value's 95 % interval, where it has one;
    - partner: whether the facts' `partner` is a dimension of this measure; 'sender' where the partner is
      also who sends the logs, so that its figure waits for its own;
    - breakdown: a column of the facts; the measure then has a row for each value seen in a cell, and no
      headline. A value that is not listed was not seen there: the headline says whether anything was. With
      `partner`, each partner has its own values too: what it knows of the parts, never shown.
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
{% macro measure(
    code, facts, numerator=none, denominator=none, persons=none, value=none, low=none, high=none,
    partner=false, breakdown=none
) -%}
{%- set kpi = catalogue_entry(code) -%}
{%- set facts = under_successors(facts) if partner and var('partners', none) == 'successor' else facts -%}
{%- if var('trace', none) -%}
select distinct
    '{{ code }}' as code,
    cell.programme,
    cell.territory,
    axis.partner,
    cell.period_kind,
    cell.period_start,
    cast({{ "'" ~ breakdown ~ "'" if breakdown else 'null' }} as varchar) as breakdown,
    axis.breakdown_value,
    fact.fact_id,
    fact.event_ids
{{ cells_and_facts(kpi, facts, partner, breakdown, 'inner') }}
{%- else -%}
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
    select
        aggregated.*,
        case
            {% if kpi.logs -%}
            when not list_has_all(logs_known, {{ text_list(kpi.logs) }}) then 'not_yet_reported'
            {% else -%}
            when logs_known = [] then 'not_yet_reported' -- what Bilan tells itself begins with the first log
            {% endif -%}
            {% if partner == 'sender' and var('partners', none) != 'successor' -%}
            when not list_has_all(reports_known, {{ reports_of('partner', kpi.logs) }}) then 'not_yet_reported'
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
            cast({{ low or 'null' }} as double) as low,
            cast({{ high or 'null' }} as double) as high,
            cast({{ numerator or 'null' }} as double) as numerator,
            cast({{ denominator or 'null' }} as double) as denominator,
            cast({{ persons or 'null' }} as bigint) as n_persons,
            -- Of the persons counted, those whom more than one token designates.
            cast({{ (persons or 'null') | replace('fact.person', 'linked.person') }} as double) as n_linked,
            cell.logs_known,
            cell.reports_known,
            {% if partner == 'sender' and var('partners', none) != 'successor' -%}
            case
                when axis.partner is null then cell.covered_to
                else {{ covering('reports_covered', 'reports_known', reports_of('axis.partner', kpi.logs)) }}
            end as covered_to,
            case
                when axis.partner is null then cell.told_to
                else {{ covering('reports_covered', 'reports_known', reports_of('axis.partner', kpi.logs)) }}
            end as told_to,
            {% else -%}
            cell.covered_to,
            cell.told_to,
            {% endif -%}
            cell.known_at
        {{ cells_and_facts(kpi, facts, partner, breakdown, 'inner' if breakdown else 'left', persons) }}
        group by all
    ) as aggregated
) as known
{%- endif -%}
{%- endmacro %}

{#- The cells that a KPI has, each with its partners or values, joined to the facts that it holds. -#}
{% macro cells_and_facts(kpi, facts, partner, breakdown, join, persons=none) -%}
        from ({{ cells_of(kpi) }}) as cell
        inner join ({{ axis(facts, partner, breakdown) }}) as axis on cell.programme = axis.programme
        {{ join }} join {{ facts }} as fact
            on
                cell.programme = fact.programme
                and {{ held(kpi.holds) }}
                and (cell.territory is null or cell.territory = fact.territory)
                {% if partner -%}
                and (axis.partner is null or axis.partner = fact.partner)
                {% endif -%}
                {% if breakdown -%}
                and axis.breakdown_value = fact.{{ breakdown }}
                {% endif -%}
        {% if persons -%}
        left join (select distinct person from {{ ref('dim_person') }}) as linked on fact.person = linked.person
        {% endif -%}
        where
            (
                list_contains({{ text_list(kpi.programmes) }}, cell.programme)
                -- A programme that no entry names yet has every figure that its logs can give.
                or (
                    not list_contains({{ text_list(named_programmes()) }}, cell.programme)
                    and list_has_all(cell.logs_known, {{ text_list(kpi.logs) }})
                )
            )
            {% if 'territory' not in kpi.grain -%}
            and cell.territory is null
            {% endif -%}
            {% if partner -%}
            -- A partner has figures of its own time, and wherever it did something.
            and (
                fact.fact_id is not null
                or (
                    coalesce(axis.valid_from <= cell.period_end, true)
                    and coalesce(axis.valid_to >= cell.period_start, true)
                )
            )
            {% endif -%}
{%- endmacro %}

{#-
    The cells, each with the last day that all senders of the KPI's logs have told, and that any of them has.
    A stock is told as of the former; what went on at some time, up to the latter.
-#}
{% macro cells_of(kpi) -%}
            select
                told.* replace (
                    least(told.closes_on, told.{{ 'told_to' if kpi.holds == 'overlaps' else 'covered_to' }}) as closes_on
                )
            from (
                select
                    *,
                    {% if kpi.logs -%}
                    {{ covering('logs_covered', 'logs_known', text_list(kpi.logs)) }} as covered_to,
                    {{ covering('logs_told', 'logs_known', text_list(kpi.logs)) }} as told_to
                    {%- else -%}
                    horizon as covered_to,
                    horizon as told_to
                    {%- endif %}
                from {{ ref('dim_cell') }}
            ) as told
{%- endmacro %}

{#- The least of the days that a cell has for some of what it knows. -#}
{% macro covering(days, known, wanted) -%}
    list_min(list_transform({{ wanted }}, one -> {{ days }}[list_position({{ known }}, one)]))
{%- endmacro %}

{#- What a sender must have reported, as dim_cell writes it. -#}
{% macro reports_of(sender, logs) -%}
    list_transform({{ text_list(logs) }}, log -> {{ sender }} || ' ' || log)
{%- endmacro %}

{#- Whether a cell holds a fact. What still goes on is known to do so up to its sender's last statement. -#}
{% macro held(holds) -%}
    {%- if holds == 'within' -%}
    cell.first_day <= fact.first_day and cell.last_day >= fact.last_day
    {%- elif holds == 'overlaps' -%}
    fact.begins_on <= cell.closes_on and coalesce(coalesce(fact.ends_on, fact.known_to) >= cell.first_day, true)
    {%- elif holds == 'at_end' -%}
    fact.begins_on <= cell.closes_on and coalesce(coalesce(fact.ends_on, fact.known_to) >= cell.closes_on, true)
    {%- else -%}
    {{ exceptions.raise_compiler_error('a cell holds facts within it, that overlap it, or at its end') }}
    {%- endif -%}
{%- endmacro %}

{#- The partners and values of a breakdown that a measure has, per programme; null sums over partners. -#}
{% macro axis(facts, partner, breakdown) -%}
    {%- if breakdown -%}
    select distinct
        programme,
        {% if partner -%}
        unnest([partner, null]) as partner,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        {% else -%}
        cast(null as varchar) as partner,
        {% endif -%}
        {{ breakdown }} as breakdown_value
    from {{ facts }}
    {%- else -%}
    select
        code as programme,
        cast(null as varchar) as partner,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        cast(null as varchar) as breakdown_value
    from {{ source('reference', 'programmes') }}
    {%- if partner %}
    {%- set partners = 'heir' if var('partners', none) == 'successor' else 'partner' %}
    union all
    select
        told.programme,
        told.partner,
        listed.valid_from,
        listed.valid_to,
        null as breakdown_value
    from (
        select
            programme,
            {{ partners }} as partner
        from {{ ref('dim_partner') }}
        union
        select
            programme,
            partner
        from {{ facts }}
        where partner is not null
    ) as told
    left join {{ ref('dim_partner') }} as listed
        on told.programme = listed.programme and told.partner = listed.partner
    {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{#- Facts under the name of the partner that each one's partner has become. -#}
{% macro under_successors(facts) -%}
(
    select of_their_time.* replace (coalesce(succession.heir, of_their_time.partner) as partner)
    from {{ facts }} as of_their_time
    left join (select distinct partner, heir from {{ ref('dim_partner') }}) as succession
        on of_their_time.partner = succession.partner
)
{%- endmacro %}

{#- A measure and its breakdowns, as one relation. -#}
{% macro measure_with(code, facts, breakdowns) -%}
    {{ measure(code, facts, **kwargs) }}
    {%- for breakdown in breakdowns %}
    union all
    {{ measure(code, facts, numerator=kwargs.numerator, denominator=kwargs.denominator,
               persons=kwargs.persons, value=kwargs.value, breakdown=breakdown,
               partner=kwargs.get('partner', false)) }}
    {%- endfor -%}
{%- endmacro %}
