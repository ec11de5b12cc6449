"""Reads reports that are plain text, without any geometry."""
