{{ staged('pj.meeting.attended.v1', 'no_fiche', 'no_reunion', 'organisation') }}
