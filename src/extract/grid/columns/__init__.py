"""Where the columns of a table begin and end, and which header heads which."""
