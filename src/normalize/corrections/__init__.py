"""Applies what people corrected to the rows of a report."""
