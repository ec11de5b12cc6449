"""Prints what the commands found, one module each: results on stdout, progress on stderr."""
