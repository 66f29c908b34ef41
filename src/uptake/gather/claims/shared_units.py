"""Numbers whose unit only a neighbour states: "41 billion soums, of which 12 billion"."""

from collections.abc import Sequence

from uptake.gather.claims.labels import in_a_name, in_a_time, is_label
from uptake.gather.claims.reading import Reading
from uptake.gather.claims.subjects import ends_noun, is_function_word
from uptake.gather.grammar.spans import Quantity

_SIGNS = 60
_FAR = 90
_LARGE = 100_000
_SMALL = 12
_SHARED = frozenset(
    {"percent", "score", "per_capita", "second", "minute", "hour", "day", "week", "month"}
)


def shared_unit(reading: Reading, found: Sequence[Quantity], quantity: Quantity) -> str:
    """Return the unit of the quantity before for a number without a noun ("62 points ... 57")."""
    stated = [q for q in reading.quantities if q.end <= quantity.start and q.unit in _SHARED]
    before = (found or stated or [quantity])[-1]
    near = 0 <= quantity.start - before.end <= _SIGNS
    bare = _is_bare(reading, quantity.number[1])
    return before.unit if near and bare and before.unit in _SHARED else "count"


def shared_currency(reading: Reading, found: Sequence[Quantity], quantity: Quantity) -> str | None:
    """Return the currency of a neighbour for a large number without a noun ("41.5 billion, ").

    Of the sum before it, else, in a list, of the one behind it: "310 milyon, ... 520 milyon
    dollarlıq". With a word of comparison ("against about 24") small numbers share it too.
    """
    if not _is_bare(reading, quantity.end):
        return None
    large = quantity.value >= _LARGE
    compared = reading.precedes("baseline", quantity.start) and quantity.comparator in {"=", "~"}
    before = found[-1] if found else None
    if before is not None and before.unit == "currency" and (large or compared):
        near = 0 <= quantity.start - before.end <= _FAR
        return before.currency if near else None
    behind = next((q for q in reading.quantities if q.start >= quantity.end), None)
    if not large or behind is None or behind.unit != "currency" or behind.value < _LARGE:
        return None
    between = reading.folded[quantity.end : behind.start]
    listed = "," in between or reading.has("and", quantity.end, behind.start)
    return behind.currency if listed and len(between) <= _SIGNS and ";" not in between else None


def is_earlier(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a small number without a noun is what a count was before: "up from nine"."""
    if quantity.unit != "count" or quantity.ordinal or not 1 < quantity.value <= _SMALL:
        return False
    if not _is_bare(reading, quantity.end) or is_label(reading, quantity):
        return False
    if in_a_time(reading, quantity) or in_a_name(reading, quantity):
        return False
    low = max(reading.sentence.start, quantity.start - _SIGNS)
    return reading.has("baseline", low, min(reading.sentence.end, quantity.end + _SIGNS))


def _is_bare(reading: Reading, position: int) -> bool:
    """Tell whether no noun follows: nothing, a verb, or a word that begins something else."""
    word = next(reading.words_after(position), None)
    if word is None:
        return True
    folded = reading.folded[word.start() : word.end()]
    return is_function_word(reading.language, folded) or ends_noun(
        reading, word.start(), word.end()
    )
