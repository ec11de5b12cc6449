"""What each view of the page shows, from the extract; HTML is made of it elsewhere."""
