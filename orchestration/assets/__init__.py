"""The assets, room by room, from a partner's file to a published figure."""
