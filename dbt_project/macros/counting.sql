{#- What a measure counts, as columns; of its persons, those whom more than one token designates. -#}
{% macro aggregates_of(numerator, denominator, persons, value) -%}
cast(
                {% if value -%}
                {{ value }}
                {%- elif denominator and numerator -%}
                ({{ numerator }}) / nullif({{ denominator }}, 0)
                {%- else -%}
                {{ numerator or 'null' }}
                {%- endif %} as double
            ) as measured,
            cast({{ numerator or 'null' }} as double) as numerator,
            cast({{ denominator or 'null' }} as double) as denominator,
            cast({{ persons or 'null' }} as bigint) as n_persons,
            cast({{ (persons or 'null') | replace('fact.person', 'fact.linked') }} as double) as n_linked
{%- endmacro %}

{#- The facts, once for each period that holds them; persons have numbers, told apart quicker than tokens. -#}
{% macro facts_in_spans(kpi, facts, persons) -%}
        from {% if persons -%}
        (
            select
                told.* replace (kpi_persons.number as person),
                case when kpi_persons.is_linked then kpi_persons.number end as linked
            from {{ facts }} as told
            left join kpi_persons on told.person = kpi_persons.person
        )
        {%- else -%}
        {{ facts }}
        {%- endif %} as fact
        inner join kpi_spans as cell on {{ same_span(kpi.holds) }}
{%- endmacro %}

{#- Each person of the facts with a number, and whether more than one token designates it. -#}
{% macro persons_numbered(facts) -%}
        select
            told.person,
            row_number() over () as number,
            linked.person is not null as is_linked
        from (select distinct person from {{ facts }} where person is not null) as told
        left join (select distinct person from {{ ref('dim_person') }}) as linked on told.person = linked.person
{%- endmacro %}

{#- Territory, partner and value of a breakdown of what is counted together; null where it is all of them. -#}
{% macro dimensions_counted(kpi, partner, breakdowns) -%}
            {{ 'fact.territory' if 'territory' in kpi.grain else 'cast(null as varchar) as territory' }},
            {{ 'fact.partner' if partner else 'cast(null as varchar)' }} as partner,
            {% if breakdowns -%}
            case
                {%- for breakdown in breakdowns %}
                when grouping(fact.{{ breakdown }}) = 0 then '{{ breakdown }}'
                {%- endfor %}
            end as breakdown,
            case
                {%- for breakdown in breakdowns %}
                when grouping(fact.{{ breakdown }}) = 0 then cast(fact.{{ breakdown }} as varchar)
                {%- endfor %}
            end as breakdown_value
            {%- else -%}
            cast(null as varchar) as breakdown,
            cast(null as varchar) as breakdown_value
            {%- endif %}
{%- endmacro %}

{#- Facts are counted in one pass: by territory and over all, by partner and over all, in each part. -#}
{% macro grouped(kpi, parts, partner) -%}
        {%- set keys = (['territory'] if 'territory' in kpi.grain else []) + (['partner'] if partner else []) -%}
        {%- set breakdowns = parts | select | list -%}
        group by
            cell.period
            {%- for key in keys %},
            grouping sets ((), (fact.{{ key }}))
            {%- endfor %}
            {%- if breakdowns %},
            grouping sets (
                {%- for part in parts %}({{ 'fact.' ~ part if part }}){{ ', ' if not loop.last }}{% endfor -%}
            )
            {%- endif %}
        {%- for key in keys + breakdowns %}
        {{ 'having' if loop.first else 'and' }} (grouping(fact.{{ key }}) = 1 or fact.{{ key }} is not null)
        {%- endfor %}
{%- endmacro %}

{#- What each figure counts where nothing happened. -#}
{% macro counted_of_none(kpi, facts, persons, aggregates) -%}
        select
            {{ aggregates }}
        {{ facts_in_spans(kpi, facts, persons) }}
        where false
{%- endmacro %}

{#- Every cell with its partners: what was counted there, or what there is of nothing. -#}
{% macro headlines() -%}
        select
            cell.period,
            cell.territory,
            axis.partner,
            cast(null as varchar) as breakdown,
            cast(null as varchar) as breakdown_value,
            {% for column in ['measured', 'numerator', 'denominator', 'n_persons', 'n_linked'] -%}
            case when counted.period is null then nothing.{{ column }} else counted.{{ column }} end as {{ column }}
            {{- ',' if not loop.last }}
            {% endfor -%}
        from kpi_cells as cell
        inner join kpi_axis as axis on cell.programme = axis.programme
        cross join kpi_nothing as nothing
        left join (select * from kpi_counted where breakdown is null) as counted
            on
                cell.period = counted.period
                and cell.territory is not distinct from counted.territory
                and axis.partner is not distinct from counted.partner
        -- A partner has figures of its own time, and wherever it did something.
        where
            counted.period is not null
            or (
                coalesce(axis.valid_from <= cell.period_end, true)
                and coalesce(axis.valid_to >= cell.period_start, true)
            )
{%- endmacro %}

{#- The partners that a measure has, per programme, with the time of each; null sums over them. -#}
{% macro axis(facts, partner) -%}
        select distinct
            programme,
            cast(null as varchar) as partner,
            cast(null as date) as valid_from,
            cast(null as date) as valid_to
        from kpi_periods
        {%- if partner %}
        union all
        select
            told.programme,
            told.partner,
            listed.valid_from,
            listed.valid_to
        from (
            select
                programme,
                {{ 'heir' if var('partners', none) == 'successor' else 'partner' }} as partner
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
        {%- endif %}
{%- endmacro %}

{#- The last day that each partner has told of all of a KPI's logs, and whether it lacks a report of one. -#}
{% macro reports_of_partners(kpi) -%}
        {%- set wanted = "list_transform(" ~ text_list(kpi.logs) ~ ", log -> axis.partner || ' ' || log)" -%}
        select
            cell.period,
            axis.partner,
            not list_has_all(cell.reports_known, {{ wanted }}) as lacks_reports,
            {{ covering('reports_covered', 'reports_known', wanted) }} as covered_to
        from kpi_periods as cell
        inner join kpi_axis as axis on cell.programme = axis.programme
        where axis.partner is not null
{%- endmacro %}

{#- The facts of each cell, each with its events, instead of what they count. -#}
{% macro facts_listed(kpi, code, facts, parts, partner) -%}
    {%- for part in parts %}
select distinct
    '{{ code }}' as code,
    programme,
    territory,
    partner,
    period_kind,
    period_start,
    breakdown,
    breakdown_value,
    fact_id,
    event_ids
from (
    with {{ periods_and_spans(kpi, facts) }}

    select
        place.programme,
        place.territory,
        {{ 'unnest([fact.partner, null])' if partner else 'cast(null as varchar)' }} as partner,
        cell.period_kind,
        cell.period_start,
        cast({{ "'" ~ part ~ "'" if part else 'null' }} as varchar) as breakdown,
        cast({{ 'fact.' ~ part if part else 'null' }} as varchar) as breakdown_value,
        fact.fact_id,
        fact.event_ids
    from {{ facts }} as fact
    inner join kpi_spans as cell on {{ same_span(kpi.holds) }}
    inner join kpi_cells as place
        on cell.period = place.period and (place.territory is null or place.territory = fact.territory)
    {% if part -%}
    where fact.{{ part }} is not null
    {% endif -%}
) as listed
    {{ 'union all' if not loop.last }}
    {%- endfor %}
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
