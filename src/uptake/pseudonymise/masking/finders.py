"""Which finders are worth their time in a text; each sees the text that those before it left."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from uptake.pseudonymise.masking import addresses, codes, numbers, prefilter
from uptake.pseudonymise.masking.numbers import Span

Finder = Callable[[str], Iterator[Span]]


_FINDERS: tuple[tuple[int, Finder], ...] = (
    (prefilter.LINK, addresses.links),
    (prefilter.AT, addresses.at_signs),
    (prefilter.CODE, codes.announced),
    (prefilter.ACCOUNT, codes.accounts),
    (prefilter.DIGITS, codes.passports),
    (prefilter.DIGITS, numbers.numbers),
    (prefilter.MACHINE, addresses.machines),
    (prefilter.MACHINE_6, addresses.machines_6),
)
"""Addresses before codes and codes before numbers."""


@cache
def finders(suspects: int) -> tuple[Finder, ...]:
    """Return what may find something, see ``prefilter.suspects``."""
    return tuple(finder for bit, finder in _FINDERS if bit & suspects)


def apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans in order, those that overlap an earlier one left out."""
    last = 0
    for span in sorted(spans):
        if span.start >= last:
            last = span.end
            yield span
