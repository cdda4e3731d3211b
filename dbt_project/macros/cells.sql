{#-
    The periods and cells of a KPI, and which periods hold which facts: CTEs for what measures it. A period is
    compared with each distinct span of days that facts have, once; facts then find their periods by equality.
-#}
{% macro periods_and_spans(kpi, facts) -%}
kpi_periods as (
        {{ periods_of(kpi) }}
    ),

    kpi_cells as (
        select
            cell.period,
            cell.programme,
            cell.period_start,
            cell.period_end,
            crossed.territory
        from {{ ref('dim_cell') }} as crossed
        inner join kpi_periods as cell
            on
                crossed.programme = cell.programme
                and crossed.period_kind = cell.period_kind
                and crossed.period_start = cell.period_start
        {% if 'territory' not in kpi.grain -%}
        where crossed.territory is null
        {% endif -%}
    ),

    kpi_spans as (
        {{ spans(facts, kpi.holds, 'kpi_periods') }}
    )
{%- endmacro %}

{#-
    The periods, each with the last day that all senders of the KPI's logs have told, and that any of them has.
    A stock is told as of the former; what went on at some time, up to the latter.
-#}
{% macro periods_of(kpi) -%}
        select
            told.* replace (
                least(told.closes_on, told.{{ 'told_to' if kpi.holds == 'overlaps' else 'covered_to' }}) as closes_on
            ),
            row_number() over (order by told.programme, told.period_kind, told.period_start) as period
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
            from ({{ periods_of_cells() }}) as cell
        ) as told
        where
            list_contains({{ text_list(kpi.programmes) }}, told.programme)
            -- A programme that no entry names yet has every figure that its logs can give.
            or (
                not list_contains({{ text_list(named_programmes()) }}, told.programme)
                and list_has_all(told.logs_known, {{ text_list(kpi.logs) }})
            )
{%- endmacro %}

{#- The periods that cells are of: what a cell says is said of all of its period's territories. -#}
{% macro periods_of_cells() -%}
                select
                    programme,
                    period_kind,
                    period_start,
                    {% for column in [
                        'period_end', 'first_day', 'last_day', 'horizon', 'closes_on', 'logs_known', 'logs_covered',
                        'logs_told', 'reports_known', 'reports_covered', 'known_at'
                    ] -%}
                    any_value({{ column }}) as {{ column }}{{ ',' if not loop.last }}
                    {% endfor -%}
                from {{ ref('dim_cell') }}
                group by programme, period_kind, period_start
{%- endmacro %}

{#- The least of the days that a period has for some of what it knows. -#}
{% macro covering(days, known, wanted) -%}
    list_min(list_transform({{ wanted }}, one -> {{ days }}[list_position({{ known }}, one)]))
{%- endmacro %}

{#- Each period beside each distinct span of days of the facts that it holds. -#}
{% macro spans(facts, holds, periods) -%}
        select
            cell.*,
            {% for day in days_of(holds) -%}
            fact.{{ day }} as span_{{ day }}{{ ',' if not loop.last }}
            {% endfor -%}
        from {{ periods }} as cell
        inner join (
            select distinct
                programme,
                {{ days_of(holds) | join(', ') }}
            from {{ facts }}
        ) as fact on cell.programme = fact.programme and {{ held(holds) }}
{%- endmacro %}

{#- The columns of a fact that tell which periods hold it. -#}
{% macro days_of(holds) -%}
    {{ return(['first_day', 'last_day'] if holds == 'within' else ['begins_on', 'ends_on', 'known_to']) }}
{%- endmacro %}

{#- Whether a fact has the span of days of a row of `spans`. -#}
{% macro same_span(holds) -%}
    cell.programme = fact.programme
    {%- for day in days_of(holds) %}
            and cell.span_{{ day }} is not distinct from fact.{{ day }}
    {%- endfor %}
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

{#-
    The days of a fact that lie in the cell being measured, both ends counted; null where there is no fact.
    What still goes on is known to do so up to its sender's last statement.
-#}
{% macro days_held() -%}
    case
        when fact.begins_on is not null
            then date_diff(
                'day',
                greatest(fact.begins_on, cell.first_day),
                least(coalesce(fact.ends_on, fact.known_to, cell.closes_on), cell.closes_on)
            ) + 1
    end
{%- endmacro %}

{#- The facts that each cell holds, with some of their columns: what a model in Python works on. -#}
{% macro facts_of_cells(facts, columns) -%}
    select
        cell.programme,
        cell.territory,
        cell.period_kind,
        cell.period_start,
        fact.fact_id,
        {% for column in columns -%}
        fact.{{ column }}{{ ',' if not loop.last }}
        {% endfor -%}
    from ({{ spans(facts, 'within', ref('dim_cell')) }}) as cell
    inner join {{ facts }} as fact
        on
            {{ same_span('within') }}
            and (cell.territory is null or cell.territory = fact.territory)
{%- endmacro %}
