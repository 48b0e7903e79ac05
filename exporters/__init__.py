"""Outputs: each module turns a snapshot into named bytes."""
