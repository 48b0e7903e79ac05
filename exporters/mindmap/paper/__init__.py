"""The map on paper: PDF and PNG, one page, an atlas or a poster."""
