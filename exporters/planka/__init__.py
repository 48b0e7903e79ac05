"""Planka 2, a board program that people run themselves."""
