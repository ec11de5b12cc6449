"""Applies corrections files to the rows of a report."""
