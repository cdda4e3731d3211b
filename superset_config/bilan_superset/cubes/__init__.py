"""Fixed cubes: is what a reader asks for the query of a chart, or of a filter, of a board that they may open?

Pure, and tested without Superset: what is stored and what is asked go in, a reason to refuse comes
out, or None. Nothing is listed here by name: charts and filters come from the metadata database.
`judge` is the door; `columns`, `conditions` and `afterwards` each know one part of a query.
"""
