"""Lists and draws what was read on a page, for a person to look at."""
