"""Months as settings and cells write them, ``2025-03``."""


def months_between(first: str, last: str) -> list[str]:
    """Return the months from one to another, both among them.

    >>> months_between("2025-11", "2026-02")
    ['2025-11', '2025-12', '2026-01', '2026-02']
    """
    start, end = (int(m[:4]) * 12 + int(m[5:7]) - 1 for m in (first, last))
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(start, end + 1)]
