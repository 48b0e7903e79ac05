"""What is done: the progress file, ticks that come back, and whose entry each of them is."""
