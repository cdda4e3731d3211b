{{ config(meta={"dagster": {"ref": {"name": "dim_cell"}}}) }}
-- One row per key in each mart of which a key may hold a null, that says « all » or « none »: the contracts
-- of the others say their primary key.
{%- set cell = ['programme', 'territory', 'period_kind', 'period_start'] -%}
{%- set period = ['programme', 'period_kind', 'period_start'] -%}
{%- set keys = {
    'dim_cell': cell,
    'fct_gain': ['fact_id'] + cell,
    'fct_gain_interval': cell,
    'fct_survival': cell,
    'fct_watch': ['fact_id'] + cell,
    'mart_breach': ['statement_date', 'partner', 'log', 'breach', 'territory'] + period,
    'mart_coverage': ['partner', 'axe', 'cible'] + period,
    'mart_service_overlap': ['first_service', 'first_partner', 'second_service', 'second_partner'] + period,
    'mart_service_path': ['step', 'from_service', 'from_partner', 'to_service', 'to_partner'] + period,
} -%}
{%- for mart, key in keys.items() %}
    select '{{ mart }}' as mart
    from {{ ref(mart) }}
    group by {{ key | join(', ') }}
    having count(*) > 1
    {{ 'union all' if not loop.last }}
{%- endfor %}
