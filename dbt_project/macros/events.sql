{#- The events of one type that are not staged yet. Never filtered by date: state does that. -#}
{% macro new_events(type) -%}
    select * from {{ source('ledger', 'events') }}
    where
        type = '{{ type }}'
        {% if is_incremental() -%}
        and sequence > (select coalesce(max(staged.sequence), 0) from {{ this }} as staged)
        {% endif %}
{%- endmacro %}

{#- What every event has, under the warehouse's names. `last_day` is the last day it may have happened on. -#}
{% macro envelope() -%}
    sequence,
    id as event_id,
    source as sender,
    subject as token,
    programme,
    territory,
    natural_key,
    action,
    reporteddate,
    time_precision,
    time as first_day,
    case time_precision
        when 'day' then time
        when 'month' then last_day(time)
        else make_date(year(time), 12, 31)
    end as last_day
{%- endmacro %}

{#- One value of an event's payload, typed. -#}
{% macro payload(name, type='varchar') -%}
    {%- if type.endswith('[]') -%}
    cast(data -> '$.{{ name }}' as {{ type }})
    {%- else -%}
    cast(data ->> '$.{{ name }}' as {{ type }})
    {%- endif -%}
{%- endmacro %}
