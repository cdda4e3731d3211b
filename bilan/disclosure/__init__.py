"""What may be shown of an exact figure: the room between the warehouse and the publication."""

from bilan.disclosure.provisional import SMALLEST_SHOWN, protect

__all__ = ["SMALLEST_SHOWN", "protect"]
