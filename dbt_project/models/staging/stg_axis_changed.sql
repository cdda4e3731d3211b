with source as (
    {{ new_events('pj.axis.changed.v1') }}
),

renamed as (
    select
        {{ envelope() }},
        {{ payload('no_depistage') }} as no_depistage,
        {{ payload('nouvel_axe') }} as nouvel_axe,
        {{ payload('cible') }} as cible
    from source
)

select * from renamed
