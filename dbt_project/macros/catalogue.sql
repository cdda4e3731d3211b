{#- Every KPI that the models' own meta declares, by code. Known only once dbt has read every model. -#}
{% macro catalogue() -%}
    {%- set kpis = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' -%}
            {%- for kpi in node.config.get('meta', {}).get('kpis', []) -%}
                {%- do kpis.append(dict(kpi, model=node.name)) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(kpis | sort(attribute='code')) }}
{%- endmacro %}

{#- The entry of one code; a KPI without an entry does not build. -#}
{% macro catalogue_entry(code) -%}
    {%- if not execute -%}
        {{ return({'format': 'count', 'grain': [], 'logs': [], 'programmes': [], 'holds': 'within'}) }}
    {%- endif -%}
    {%- set found = catalogue() | selectattr('code', 'equalto', code) | list -%}
    {%- if found | length != 1 -%}
        {{ exceptions.raise_compiler_error(code ~ ' has ' ~ (found | length) ~ ' entries in the catalogue') }}
    {%- endif -%}
    {{ return(found[0]) }}
{%- endmacro %}

{#- The programmes that some entry names. -#}
{% macro named_programmes() -%}
    {{ return(catalogue() | map(attribute='programmes') | sum(start=[]) | unique | sort) }}
{%- endmacro %}

{#- A list of words as SQL. -#}
{% macro text_list(words) -%}
    cast([{% for word in words %}{{ dbt.string_literal(word) }}{% if not loop.last %}, {% endif %}{% endfor %}] as varchar [])
{%- endmacro %}

{#- What an entry says under a name; one that does not say it stops the build, and is named. -#}
{% macro said(kpi, name) -%}
    {%- if name not in kpi -%}
        {{ exceptions.raise_compiler_error(kpi['code'] ~ ' does not say its ' ~ name) }}
    {%- endif -%}
    {{ return(kpi[name]) }}
{%- endmacro %}

{#- What an entry counts and publishes, as columns of text; '' where it says nothing. -#}
{% macro counted_texts(kpi) -%}
    {%- set counts, publishes, bounds, cuts = said(kpi, 'counts'), said(kpi, 'publishes'), [], [] -%}
    {%- for part, most in kpi.get('bounds', {}).items() -%}
        {%- do bounds.append(part ~ ': ' ~ most) -%}
    {%- endfor -%}
    {%- for breakdown, kinds in publishes['breakdown'].items() -%}
        {%- do cuts.append(breakdown ~ ': ' ~ kinds | join(', ')) -%}
    {%- endfor -%}
    {%- set estimate = kpi.get('estimate', 'none') -%}
    {{ return({
        'counts_numerator': counts.get('numerator', ''),
        'counts_denominator': counts.get('denominator', ''),
        'counts_persons': counts.get('persons', ''),
        'bounds': bounds | join('; '),
        'estimate': '' if estimate == 'none' else estimate,
        'holds': said(kpi, 'holds'),
        'attributed_to': kpi.get('attributed_to', ''),
        'publishes_whole': publishes['whole'] | join(', '),
        'publishes_territory': publishes['territory'] | join(', '),
        'publishes_breakdown': cuts | join('; '),
        'publishes_because': publishes['because']
    }) }}
{%- endmacro %}

{#- How boards show the figures of an entry, as columns of text; '' where it is no or nothing. -#}
{% macro shown_texts(kpi) -%}
    {%- set companion = kpi.get('companion', {}) -%}
    {{ return({
        'adds_up': 'yes' if kpi.get('adds_up') else '',
        'signed': 'yes' if kpi.get('signed') else '',
        'companion': companion.get('code', ''),
        'companion_fr': companion.get('fr', ''),
        'companion_en': companion.get('en', '')
    }) }}
{%- endmacro %}

{#- The catalogue as a relation; lists as text. -#}
{% macro catalogue_rows() -%}
    {%- set texts = [
        'code', 'name_fr', 'name_en', 'definition_fr', 'definition_en', 'numerator_fr', 'numerator_en',
        'denominator_fr', 'denominator_en', 'unit_fr', 'unit_en', 'format', 'source', 'disclosure', 'rounding',
        'model'
    ] -%}
    {%- for kpi in catalogue() %}
    select
        {% for field in texts -%}
        {{ dbt.string_literal(dbt.escape_single_quotes(said(kpi, field))) }} as {{ field }},
        {% endfor -%}
        {% for field, text in dict(counted_texts(kpi), **shown_texts(kpi)).items() -%}
        {{ dbt.string_literal(dbt.escape_single_quotes(text)) }} as {{ field }},
        {% endfor -%}
        {% for field in ['grain', 'logs', 'programmes', 'breakdowns'] -%}
        '{{ said(kpi, field) | join(", ") }}' as {{ field }}{{ ',' if not loop.last }}
        {% endfor -%}
    {{ 'union all' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- Every row of several models. -#}
{% macro union_of(models) -%}
    {%- for model in models %}
    select * from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- The ids of the events that all staging models hold. Known only once dbt has read every model. -#}
{% macro staged_events() -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.fqn[1] == 'staging' and node.config.materialized == 'incremental' %}
    {{ 'union all' if not loop.first }}
    select event_id from {{ node.relation_name }}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
