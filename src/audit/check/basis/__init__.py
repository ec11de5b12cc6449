"""What all checks are based on: the report as they see it, its figures and words, findings."""
