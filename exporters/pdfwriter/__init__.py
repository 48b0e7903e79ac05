"""The PDF file format (ISO 32000): objects, fonts, tags, bookmarks. It knows no roadmap."""
