"""Finds tables on a page and cuts them into rows and cells."""
