"""What is on a page, whichever engine read it: words, lines, rulings, shapes, symbols."""
