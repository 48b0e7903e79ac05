"""Requests to a service: one and its answer, how fast they go, and when one is tried again."""
