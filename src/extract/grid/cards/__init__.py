"""Reads measures that are printed as cards: a name with labelled values, no row of a table."""
