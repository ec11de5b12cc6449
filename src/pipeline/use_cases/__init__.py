"""One module per command that is not a run: what it does, without printing."""
