{{ staged('mobilis.operation.conducted.v1', 'no_operation', 'conduite') }}
