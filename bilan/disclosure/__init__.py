"""What may be shown of an exact figure: the room between the warehouse and the publication."""
