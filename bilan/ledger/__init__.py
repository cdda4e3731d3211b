"""The third room: immutable events, decided by a pure function, appended and chained."""
