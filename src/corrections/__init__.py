"""Corrections files: which fields, how they are read, and what their lines say."""
