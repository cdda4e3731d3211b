{#- The person behind a token: the component its links put it in, or the token alone. -#}
{% macro person(relation) -%}
    coalesce(dim_person.person, {{ relation }}.token)
{%- endmacro %}

{#- The events that made a row what it is: its own, and the links that make its person. -#}
{% macro events_behind(relation) -%}
    list_concat([{{ relation }}.event_id], coalesce(dim_person.link_ids, cast([] as varchar [])))
{%- endmacro %}

{#- 0 for a day, 1 for a month, 2 for a year: the most precise telling first. -#}
{% macro vagueness() -%}
    case time_precision when 'day' then 0 when 'month' then 1 else 2 end
{%- endmacro %}

{#- Days between two facts, null unless both days are known. -#}
{% macro days_between(earlier, later) -%}
    case
        when {{ earlier }}.time_precision = 'day' and {{ later }}.time_precision = 'day'
            then date_diff('day', {{ earlier }}.first_day, {{ later }}.first_day)
    end
{%- endmacro %}

{#- The French name of a day's month. -#}
{% macro month_fr(day) -%}
    [
        'janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet',
        'août', 'septembre', 'octobre', 'novembre', 'décembre'
    ][month({{ day }})]
{%- endmacro %}
