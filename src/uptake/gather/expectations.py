"""What a table promised, checked: a miss refuses the table, for it is not what was reviewed."""

from collections import Counter
from collections.abc import Sequence

from uptake.gather.table_spec import Expectation, Spec, TableError
from uptake.model.evidence import Observation

Placed = tuple[str, Observation]
"""Where an observation stands (row and column, for messages) and the observation."""


def check(spec: Spec, rows: Sequence[Placed]) -> None:
    """Check a table's observations against its expectations.

    Raises:
        TableError: One is missed; the message names the file, and the row and column if one is
            to blame.
    """
    counts = Counter(observation.indicator for _, observation in rows)
    for indicator, expected in spec.expect.items():
        _check_count(spec, indicator, counts[indicator], expected)
        found = {o.place for _, o in rows if o.indicator == indicator}
        missing = [code for code in expected.places if code not in found]
        if missing:
            raise TableError(
                f"{spec.csv.name}, indicator {indicator}",
                f"has no observation for {', '.join(missing)}",
                f"complete the table or change expect.{indicator}.places in {spec.name}",
            )
    for where, observation in rows:
        if expected_of := spec.expect.get(observation.indicator):
            _check_one(spec, where, observation, expected_of)


def _check_count(spec: Spec, indicator: str, count: int, expected: Expectation) -> None:
    if expected.rows is None:
        return
    low, high = (expected.rows,) * 2 if isinstance(expected.rows, int) else expected.rows
    if not low <= count <= high:
        wanted = str(low) if low == high else f"{low} to {high}"
        raise TableError(
            f"{spec.csv.name}, indicator {indicator}",
            f"has {count} observations where {wanted} are expected",
            f"check the table or change expect.{indicator}.rows in {spec.name}",
        )


def _check_one(spec: Spec, where: str, found: Observation, expected: Expectation) -> None:
    name = f"expect.{found.indicator}"
    if expected.range and not expected.range[0] <= found.value <= expected.range[1]:
        low, high = expected.range
        reason, key = f"{found.value:g} lies outside {low:g} to {high:g}", "range"
    elif expected.statuses and found.status not in expected.statuses:
        reason, key = f"status {found.status} is not expected", "statuses"
    elif expected.periods and found.period not in expected.periods:
        reason, key = f"period {found.period} is not expected", "periods"
    else:
        return
    raise TableError(
        f"{spec.csv.name}, {where}",
        reason,
        f"correct the figure or change {name}.{key} in {spec.name}",
    )
