"""Reports with goal tables of any family, from a content file each: the PDF and its truth."""
