"""What a run stores for the next one, and the hashes that tell whether it is still valid."""
