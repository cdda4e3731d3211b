{{ staged('mobilis.case.concluded.v1', 'no_cour', 'issue', 'date_deduite boolean') }}
