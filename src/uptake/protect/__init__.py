"""RawCells -> ReleasedCells."""
