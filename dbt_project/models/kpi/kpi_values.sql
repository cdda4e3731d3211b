with measured as (
    {{ union_of([
        'kpi_m02_arrests', 'kpi_m03_persons_charged', 'kpi_m04_convictions', 'kpi_m05_youths_referred',
        'kpi_m06_exchanges', 'kpi_m07_charge_rate', 'kpi_m08_delays', 'kpi_m10_refusals',
        'kpi_p01_sessions', 'kpi_p02_persons_reached', 'kpi_p03_knowledge_gain', 'kpi_p09_referrals'
    ]) }}
)

select * from measured
