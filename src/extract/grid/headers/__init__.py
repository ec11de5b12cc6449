"""Headers of tables of any family, and legends that look like them: found, and cut into cells."""
