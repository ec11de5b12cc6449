"""Phase 1 in this process or in several on this machine, with retries where one dies."""
