"""Understands what was printed: Swedish text, figures, targets, goals and measures."""
