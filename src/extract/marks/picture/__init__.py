"""What a rendered mark looks like: its pixels, colours, shape and direction."""
