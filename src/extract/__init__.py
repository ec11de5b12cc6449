"""Reads reports: pages, tables, marks, headings and text, as printed and nothing interpreted."""
