"""The second room: nominative cells in, random tokens out; the vault and its journal."""
