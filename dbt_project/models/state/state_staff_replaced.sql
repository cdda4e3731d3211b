{{ as_of(ref('stg_staff_replaced')) }}
