"""Typesetter of sample reports: one content model, three renderers, truth files for what was set."""
