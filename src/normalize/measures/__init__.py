"""Groups printed rows into measures with one entry per sex."""
