"""Compares two extracts row by row."""
