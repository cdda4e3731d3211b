with awarded as (
    select * from {{ as_of('grant_awarded') }}
),

ended as (
    select * from {{ as_of('grant_ended') }}
),

-- A grant that ends early covers nothing after that day; `least` passes over a null.
final as (
    select
        awarded.event_id as fact_id,
        list_distinct([awarded.event_id, ended.event_id]) as event_ids,
        awarded.sender,
        awarded.programme,
        awarded.territory,
        awarded.bailleur,
        awarded.volet,
        awarded.montant,
        awarded.periode_debut as begins_on,
        least(
            {{ last_possible_day('awarded.periode_fin', 'awarded.periode_fin_precision') }},
            ended.last_day
        ) as ends_on,
        awarded.time_precision,
        awarded.first_day,
        awarded.last_day
    from awarded
    left join ended on awarded.sender = ended.sender and awarded.natural_key = ended.natural_key
)

select * from final
