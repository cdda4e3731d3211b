{#-
    The value that an analytic mart gives for the cell being measured. A measure aggregates facts; such a mart
    has one row per cell already, so its value is looked up by programme, period and territory.
    For use inside `measure`, which defines `cell`.
-#}
{% macro of_cell(mart, column) -%}
    (
        select any_value(said.{{ column }})
        from {{ mart }} as said
        where
            said.programme = cell.programme
            and said.period_kind = cell.period_kind
            and said.period_start = cell.period_start
            and said.territory is not distinct from cell.territory
    )
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
    from {{ ref('dim_cell') }} as cell
    inner join {{ facts }} as fact
        on
            cell.programme = fact.programme
            and {{ held('within') }}
            and (cell.territory is null or cell.territory = fact.territory)
{%- endmacro %}
