"""What readers of all formats share."""
