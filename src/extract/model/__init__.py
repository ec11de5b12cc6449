"""What stands on a page, whichever engine read it: words, lines, boxes. No library is needed."""
