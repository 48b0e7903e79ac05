"""The commands: options in, one library call, print."""
