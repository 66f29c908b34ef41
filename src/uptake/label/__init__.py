"""Messages -> Labels."""
