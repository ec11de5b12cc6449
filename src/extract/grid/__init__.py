"""Tables of any family: found by what their headers say, whatever the order and the rulings."""
