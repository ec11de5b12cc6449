"""What the header of a column says, by its words: role, year, period, sex, area, unit."""
