"""What the commands print, one module each: results to standard output, progress to the other."""
