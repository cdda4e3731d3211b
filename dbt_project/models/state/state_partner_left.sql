{{ as_of(ref('stg_partner_left')) }}
