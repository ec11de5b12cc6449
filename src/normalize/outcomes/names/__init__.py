"""What the names of measures hold besides their words: short forms, numbers, particles."""
