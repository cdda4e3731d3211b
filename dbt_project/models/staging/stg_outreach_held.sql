{{ staged('partnership.outreach.held.v1', 'no_activite', 'activite', 'personnes_rejointes bigint') }}
