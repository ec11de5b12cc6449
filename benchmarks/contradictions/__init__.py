"""Contradictions that are planted in reports as printed: one module each for sentences, cells and
marks, goals, and reports of two years."""
