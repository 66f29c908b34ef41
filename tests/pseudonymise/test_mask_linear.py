"""No text is worth much time: what masking does grows as the text does, whatever is in it."""

import importlib
import inspect
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

sys.path.append(str(Path(__file__).parents[2]))

from benchmarks.mask_hostile import HOSTILE

from uptake.pseudonymise import masking
from uptake.pseudonymise.mask import CAP, PASSES, mask, mask_all
from uptake.pseudonymise.masking import numbers, windows

_constants = importlib.import_module("re._constants")
_parser = importlib.import_module("re._parser")
"""How Python reads a pattern: no public name leads there."""

REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}


def patterns() -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    """Yield the patterns of all modules, also those that a function makes once."""
    for _, name, _ in pkgutil.iter_modules(masking.__path__):
        for value in vars(importlib.import_module(f"{masking.__name__}.{name}")).values():
            made = value
            if hasattr(value, "cache_info") and not inspect.signature(value).parameters:
                made = value()
            yield from _within(made)


def _within(value: object) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _within(part)


def _bounded(parsed: object) -> bool:
    for operation, argument in parsed:  # type: ignore[attr-defined]
        parts: list[object] = []
        if operation in REPEATS:
            if argument[1] == _constants.MAXREPEAT:
                return False
            parts = [argument[2]]
        elif operation is _constants.SUBPATTERN:
            parts = [argument[3]]
        elif operation is _constants.BRANCH:
            parts = argument[1]
        elif operation in (_constants.ASSERT, _constants.ASSERT_NOT):
            parts = [argument[1]]
        elif operation is _constants.ATOMIC_GROUP:
            parts = [argument]
        if not all(map(_bounded, parts)):
            return False
    return True


def test_no_pattern_repeats_without_a_bound() -> None:
    found = list(patterns())
    assert len(found) >= 45
    for pattern in found:
        text = pattern.pattern
        assert _bounded(_parser.parse(text if isinstance(text, str) else text.decode("latin-1")))
    assert not _bounded(_parser.parse("(?:a(?=b|c*))"))


def _calls(work: Callable[[], object]) -> int:
    """Count the calls, of Python and of C functions, that some work takes."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Let be computed what is computed once."""
    said = "тел. семь 707 +7 701 234 56 78 a@b.example FIN 5ZCLK1X a (at) b . ru паспорт 123456"
    mask(said)
    mask_all([said])


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_no_faster_than_the_text(name: str) -> None:
    small, large = HOSTILE[name](3_000), HOSTILE[name](15_000)
    alone = _calls(lambda: mask(small)), _calls(lambda: mask(large))
    together = _calls(lambda: mask_all([small])), _calls(lambda: mask_all([large]))
    for few, many in (alone, together):
        assert many <= 11 * few + 400  # five times the text, and one pass or two of it
        assert many <= 60 * 15_000


@pytest.mark.parametrize("name", ["digits", "telephones"])
def test_what_lies_beyond_the_cap_costs_nothing(name: str) -> None:
    within, beyond = HOSTILE[name](CAP + 1), HOSTILE[name](3 * CAP)
    few, many = (_calls(lambda: mask_all([text])) for text in (within, beyond))  # noqa: B023
    assert abs(many - few) <= 0.02 * few + 50


@pytest.mark.parametrize("name", HOSTILE)
def test_windows_lie_apart_so_that_nothing_is_read_twice(name: str) -> None:
    text = HOSTILE[name](8_000)
    last = 0
    for pieces in windows.windows([text, "x", text]).values():
        for last_end, window in zip([0, *(w.end for w in pieces)], pieces, strict=False):
            assert last_end <= window.start < window.end
        last = max(last, len(pieces))
    assert last <= 8_000 / windows.MARGIN_PLAIN


def test_a_long_run_is_cut_into_bounded_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: Counter[int] = Counter()
    real = numbers.type_of

    def count(run: numbers.Run) -> str:
        seen[len(run.digits)] += 1
        return real(run)

    monkeypatch.setattr(numbers, "type_of", count)
    mask("98 " * 20_000)
    assert max(seen) <= numbers.MOST
    assert sum(seen.values()) <= 40_000


def test_the_doors_cap_is_what_the_docs_say() -> None:
    assert (CAP, PASSES) == (65_536, 3)
