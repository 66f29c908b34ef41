"""documents -> passages, tables -> observations."""
