"""Links the measures and goals of reports to series over the years."""
