"""Cuts the words of a plain-text table into cells: the best-scoring way through."""
