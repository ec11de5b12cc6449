"""Finds results stated in sentences and ties each to its measure."""
