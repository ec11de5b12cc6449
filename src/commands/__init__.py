"""One module per command: options in, exit code out. Their group and its errors: cli."""
