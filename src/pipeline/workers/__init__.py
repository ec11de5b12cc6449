"""Reads reports in this process or in several, and tries again where one dies."""
