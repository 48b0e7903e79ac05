"""What differs by language: words, dates, direction."""
