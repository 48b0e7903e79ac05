"""The map on screens: SVG, and a page to fold and search in."""
