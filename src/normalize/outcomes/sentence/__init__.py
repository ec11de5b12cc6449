"""What one sentence states: figures with their role, year, unit and sex, changes, statuses."""
