"""What readers get of the releases that are out, written whole by one function (`publish.show`)."""
