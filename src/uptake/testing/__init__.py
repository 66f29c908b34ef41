"""synthetic logs with known truth, canaries."""
