"""Which finders are worth their time in a text; each sees the text that those before it left."""

from collections.abc import Callable, Iterator

from uptake.pseudonymise.masking import addresses, codes, numbers
from uptake.pseudonymise.masking.numbers import Span
from uptake.pseudonymise.masking.prefilter import Suspects

Finder = Callable[[str], Iterator[Span]]


def finders(found: Suspects) -> Iterator[Finder]:
    """Yield what may find something, addresses before codes and codes before numbers."""
    if found.link:
        yield addresses.links
    if found.at:
        yield addresses.at_signs
    if found.code:
        yield codes.announced
    if found.account:
        yield codes.accounts
    if found.digits:
        yield codes.passports
        yield numbers.numbers
    if found.machine:
        yield addresses.machines
    if found.machine_6:
        yield addresses.machines_6


def apart(spans: Iterator[Span]) -> Iterator[Span]:
    """Yield spans in order, those that overlap an earlier one left out."""
    last = 0
    for span in sorted(spans):
        if span.start >= last:
            last = span.end
            yield span
