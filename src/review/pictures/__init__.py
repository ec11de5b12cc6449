"""Pictures of a report's pages, and the places in them."""
