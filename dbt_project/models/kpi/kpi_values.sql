with measured as (
    {{ union_of([
        'kpi_m01_staff', 'kpi_m02_arrests', 'kpi_m03_persons_charged', 'kpi_m04_convictions',
        'kpi_m05_youths_referred', 'kpi_m06_exchanges', 'kpi_m07_charge_rate', 'kpi_m08_delays',
        'kpi_m09_disclosures', 'kpi_m10_refusals', 'kpi_m11_schools', 'kpi_m12_presentations',
        'kpi_m13_funding', 'kpi_m14_outreach', 'kpi_m15_operations', 'kpi_p01_sessions',
        'kpi_p02_persons_reached', 'kpi_p03_knowledge_gain', 'kpi_p04_trained_staff',
        'kpi_p05_subcommittee', 'kpi_p06_actions', 'kpi_p07_detections', 'kpi_p08_secondary_to_tertiary',
        'kpi_p09_referrals', 'kpi_p09_services', 'kpi_p10_back_and_forth', 'kpi_p11_social_networks',
        'kpi_p12_housing', 'kpi_p13_mobility', 'kpi_p14_continuity', 'kpi_p15_coverage',
        'kpi_v01_breaches', 'kpi_v02_access_overdue', 'kpi_v03_withdrawals'
    ]) }}
)

select * from measured
