with scored as (
    select * replace (cast(gain as double) as gain)
    from {{ ref('fct_attendance') }}
    where gain is not null
),

final as (
    {{ facts_of_cells('scored', ['gain']) }}
)

select * from final
