"""Ties sections of text to goals, and reads assessments and stated totals in them."""
