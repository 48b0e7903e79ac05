"""From hours, needs and pace to dates."""
