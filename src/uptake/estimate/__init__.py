"""ReleasedCells -> Estimates."""
