"""Reads headings and running text, without headers and footers."""
