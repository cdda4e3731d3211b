{#-
    A table or a view takes the place of the one before in one transaction. dbt's own way makes it beside,
    renames both and drops the old one: four statements more for each model of a question.
-#}
{% macro drop_standing() -%}
    {%- set standing = load_cached_relation(this) -%}
    {%- if standing is not none -%}
    drop {{ standing.type }} {{ standing }};
    {%- endif -%}
{%- endmacro %}

{% materialization view, adapter='duckdb' %}
    {%- set made = this.incorporate(type='view') -%}
    {%- call statement('main') -%}
        {{ drop_standing() }}
        {{ create_view_as(made, sql) }}
    {%- endcall -%}
    {%- do adapter.commit() -%}
    {{ return({'relations': [made]}) }}
{% endmaterialization %}

{#- A model in Python writes through a cursor of its own, which must find the drop done. -#}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {%- set made = this.incorporate(type='table') -%}
    {%- set drop = drop_standing() -%}
    {%- set language = model['language'] -%}
    {%- if language == 'python' and drop -%}
        {%- call statement('drop') -%} {{ drop }} {%- endcall -%}
        {%- do adapter.commit() -%}
        {%- set drop = '' -%}
    {%- endif -%}
    {%- call statement('main', language=language) -%}
        {{ drop }}
        {{ create_table_as(False, made, compiled_code, language) }}
    {%- endcall -%}
    {%- do adapter.commit() -%}
    {{ return({'relations': [made]}) }}
{% endmaterialization %}
