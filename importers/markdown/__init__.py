"""Markdown documents, chat answers and READMEs."""
