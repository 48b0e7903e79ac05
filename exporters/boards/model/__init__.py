"""The board as values: as it should be, and as it is."""
