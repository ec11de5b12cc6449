"""The page for people: the report beside its records, what is in doubt, the years in pictures."""
