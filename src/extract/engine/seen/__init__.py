"""Which of the text that is painted on a page can be seen, and what is printed twice."""
