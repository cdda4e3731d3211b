{#- What had been told by `known_at`, of what the ledger held up to the sequence `through`. -#}
{% macro known() -%}
    {%- if var('known_at', none) -%}
    reporteddate <= date '{{ var("known_at") }}'
    {%- else -%}
    true
    {%- endif -%}
    {%- if var('through', none) %}
    and sequence <= {{ var("through") }}
    {%- endif -%}
{%- endmacro %}

{#- What had happened for sure by `until`: its last possible day is not after it. -#}
{% macro occurred() -%}
    {%- if var('until', none) -%}
    last_day <= date '{{ var("until") }}'
    {%- else -%}
    true
    {%- endif -%}
{%- endmacro %}

{#-
    What is believed of one type of event, as staged: for each key, the last thing told by `known_at`, unless
    it is a withdrawal; then only what had happened by `until`. The fold comes first: a correction may
    move a fact past `until`. An imprecise date starts no earlier than its programme did.
-#}
{% macro as_of(event) -%}
(
    with latest as (
        select *
        from {{ ref('stg_' ~ event) }}
        where {{ known() }}
        qualify
            row_number() over (
                partition by sender, natural_key
                order by reporteddate desc, sequence desc
            ) = 1
    ),

    standing as (
        select * from latest
        where action <> 'retract' and {{ occurred() }}
    )

    select
        standing.* replace (
            case
                when standing.last_day >= programmes.starts_on
                    then greatest(standing.first_day, programmes.starts_on)
                else standing.first_day
            end as first_day
        )
    from standing
    left join {{ source('reference', 'programmes') }} as programmes
        on standing.programme = programmes.code
)
{%- endmacro %}

{#- The day a figure was known at: the var, otherwise the last statement. -#}
{% macro known_at(last_reported) -%}
    {{ "coalesce(date '" ~ var('known_at') ~ "', " ~ last_reported ~ ")" if var('known_at', none) else last_reported }}
{%- endmacro %}

{#- The last day that figures go up to: `until`, unless nothing was reported that far. -#}
{% macro horizon(last_reported) -%}
    {{ "least(" ~ last_reported ~ ", date '" ~ var('until') ~ "')" if var('until', none) else last_reported }}
{%- endmacro %}
