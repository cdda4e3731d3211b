with entries as (
    {{ catalogue_rows() }}
)

select * from entries
