"""Outputs that come back, each read by what it is."""
