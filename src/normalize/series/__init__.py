"""Links measures and goals over the years."""
