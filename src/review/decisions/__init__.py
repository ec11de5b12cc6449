"""What is in doubt, and the corrections file that keeps what people decide of it."""
