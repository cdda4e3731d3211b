{{ as_of(ref('stg_meeting_attended')) }}
