"""Tables: CSV and spreadsheets, a row an entry."""
