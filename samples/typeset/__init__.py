"""Typesetter of sample reports: one content model, three renderers, and truth files."""
