{#-
    The events of one type, with what every event has and the fields that follow: those of its payload, as
    `payload` reads them. Only those that are not staged yet, and never filtered by date: `as_of` does that.
-#}
{% macro staged(type) -%}
select
    {{ envelope() }}
    {%- for field in varargs %},
    {{ payload(field) }}
    {%- endfor %}
from {{ source('ledger', 'events') }}
where
    type = '{{ type }}'
    {% if is_incremental() -%}
    and sequence > (select coalesce(max(staged.sequence), 0) from {{ this }} as staged)
    {% endif %}
{%- endmacro %}

{#-
    What every event has, under the warehouse's names. `last_day` is the last day it may have happened on.
    Logs whose rows are of no place were once told of the default territory: they are read without.
-#}
{% macro envelope() -%}
    sequence,
    id as event_id,
    source as sender,
    subject as token,
    programme,
    case
        when
            not coalesce(
                list_contains(
                    {{ text_list(logs_without_territory()) }},
                    case log when 'identity' then data ->> '$.log' else log end
                ),
                false
            )
            then territory
    end as territory,
    natural_key,
    action,
    reporteddate,
    time_precision,
    time as first_day,
    {{ last_possible_day('time', 'time_precision') }} as last_day
{%- endmacro %}

{#- The last day that a date known to the day, the month or the year may stand for. -#}
{% macro last_possible_day(day, precision) -%}
    case {{ precision }}
        when 'day' then {{ day }}
        when 'month' then last_day({{ day }})
        else make_date(year({{ day }}), 12, 31)
    end
{%- endmacro %}

{#- One value of a payload, written as SQL would: « field », « field type » (varchar is not said), « field as column ». -#}
{% macro payload(field) -%}
    {%- set typed, _, column = field.partition(' as ') -%}
    {%- set name, _, type = typed.partition(' ') -%}
    cast(data {{ '->' if type.endswith('[]') else '->>' }} '$.{{ name }}' as {{ type or 'varchar' }}) as {{ column or name }}
{%- endmacro %}
