"""What is kept from one run to the next, and the hashes that say whether it still holds."""
