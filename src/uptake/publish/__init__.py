"""releases -> files."""
