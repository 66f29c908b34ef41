"""Where work runs and where state lies: an embedded database, a process pool, a store of files."""
