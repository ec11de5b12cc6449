"""Finds coloured marks, arrows and legends on a page, and reads what they show."""
