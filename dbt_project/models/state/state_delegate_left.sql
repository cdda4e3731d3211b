{{ as_of(ref('stg_delegate_left')) }}
