"""Numbers with their units, currencies and comparators."""

from uptake.gather.grammar.spans import Quantity


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Return the quantities that a text states, in order; dates and phone numbers are none."""
    raise NotImplementedError
