"""Checks: contradictions within a report, and between reports of different years."""
