"""Corrections files: which fields can be corrected, and how the files are read."""
