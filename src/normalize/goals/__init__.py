"""Reads goals and success factors, and matches headings to them."""
