"""Trello's API: calls, retries, credentials."""
