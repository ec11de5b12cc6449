"""Comparisons of two extracts: year on year, or two readings of one report."""
