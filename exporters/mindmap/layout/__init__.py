"""Where every node stands."""
