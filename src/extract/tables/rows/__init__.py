"""Rows of tables with listed columns: the bands of a page that each entry takes."""
