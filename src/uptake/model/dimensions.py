"""The names of cells: by what figures may be split, on both sides of the door."""

ALL = "all"
"""A dimension's value in a row that is not split by it."""

DIMENSIONS = ("place", "month", "age_band", "gender", "language")
"""By what figures may be split. Month is text here: ``2025-09``, ``unknown``, or the first and the
last month of a period, ``2026-04/2026-06``."""

PERIOD = "/"
"""What parts the two months of a period; no single month has it."""

KEYS = ("split", *DIMENSIONS, "facet", "value")
"""What names a cell. ``split`` is the dimensions in use joined by ``+``, empty for none."""

TOTAL = "total"
"""The facet with the one value ``all``: the group itself, protected like any other cell."""
