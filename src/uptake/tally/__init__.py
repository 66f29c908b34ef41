"""Labels -> RawCells."""
