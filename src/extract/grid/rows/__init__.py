"""Rows of tables of any family: where each begins, what several share, which are of one sex."""
