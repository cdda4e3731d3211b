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

{#- Three months by their calendar name where they have one: « T1 2011 », otherwise « déc. 2008 à févr. 2009 ». -#}
{% macro quarter_fr(day) -%}
    {%- set last = '(' ~ day ~ ' + interval 2 month)' -%}
    case
        when month({{ day }}) % 3 = 1 then 'T' || quarter({{ day }}) || ' ' || year({{ day }})
        else {{ short_month(day, 'fr') }}
            || case when year({{ day }}) < year({{ last }}) then ' ' || year({{ day }}) else '' end
            || ' à ' || {{ short_month(last, 'fr') }} || ' ' || year({{ last }})
    end
{%- endmacro %}

{#- The same in English: "Q1 2011", "Sep–Nov 2008", "Dec 2008–Feb 2009". -#}
{% macro quarter_en(day) -%}
    {%- set last = '(' ~ day ~ ' + interval 2 month)' -%}
    case
        when month({{ day }}) % 3 = 1 then 'Q' || quarter({{ day }}) || ' ' || year({{ day }})
        else {{ short_month(day, 'en') }}
            || case when year({{ day }}) < year({{ last }}) then ' ' || year({{ day }}) else '' end
            || '–' || {{ short_month(last, 'en') }} || ' ' || year({{ last }})
    end
{%- endmacro %}

{#- A month as headings of quarters have it. -#}
{% macro short_month(day, language) -%}
    {%- set names = {
        'fr': ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juill.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
        'en': ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
    } -%}
    {{ text_list(names[language]) }}[month({{ day }})]
{%- endmacro %}

{#- The French name of a day's month. -#}
{% macro month_fr(day) -%}
    [
        'janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet',
        'août', 'septembre', 'octobre', 'novembre', 'décembre'
    ][month({{ day }})]
{%- endmacro %}
