{{ as_of(ref('stg_referral_accepted')) }}
