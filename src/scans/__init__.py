"""Scanned pages: what their pictures show, and how their text is recognised."""
