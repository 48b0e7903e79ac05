"""What a node of the map says, and how large that is."""
