"""Parses target cells: figure, unit, comparison, direction, year."""
