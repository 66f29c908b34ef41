"""where work runs."""
