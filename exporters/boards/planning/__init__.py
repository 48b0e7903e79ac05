"""What must change on a board. Nothing here sends a request."""
