"""Documents: pages, letters, notebooks; each to the Markdown that says the same."""
