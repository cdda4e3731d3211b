with youths as (
    select * from {{ ref('fct_youth_axis') }}
    where first_axis = 'secondaire' and days_watched >= 0
),

final as (
    {{ facts_of_cells('youths', ['days_watched', 'has_turned']) }}
)

select * from final
