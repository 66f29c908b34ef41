"""Numbers with their units, currencies and comparators."""

from uptake.gather.grammar.measure import Measure
from uptake.gather.grammar.measures import measures
from uptake.gather.grammar.ratios import per_head
from uptake.gather.grammar.refusals import is_refused
from uptake.gather.grammar.shadow import Shadow, shadow
from uptake.gather.grammar.spans import Quantity
from uptake.gather.grammar.times import masked


def quantities(text: str, language: str, countries: tuple[str, ...] = ()) -> tuple[Quantity, ...]:
    """Return the quantities that a text states, in order; dates and phone numbers are none.

    Args:
        text: As stored.
        language: Code; of a language without data only digits, signs and codes are read.
        countries: ISO 3166-1 alpha-3 of places near by, the nearest first: their currencies settle
            words that several share (``som``, ``manat``).

    >>> [q] = quantities("It spent more than $96.5 million on it.", "en")
    >>> q.value, q.currency, q.comparator
    (96500000.0, 'USD', '>')
    """
    made = shadow(text)
    stated = [
        m
        for m in measures(made.text, language, made.given, masked(made.text, language))
        if not is_refused(made.text, m, language)
    ]
    return tuple(
        _quantity(made, found, countries) for found in per_head(made.text, stated, language)
    )


def _quantity(made: Shadow, found: Measure, countries: tuple[str, ...]) -> Quantity:
    from uptake.gather.grammar.currencies import of_country

    meant = found.currencies
    near = [code for place in countries if (code := of_country(place)) in meant]
    currency = near[0] if near else (meant[0] if meant else None)
    start, end = made.span(found.start, found.end)
    return Quantity(
        start=start,
        end=end,
        number=made.span(found.number.start, found.number_end),
        value=found.number.value,
        value_max=found.high,
        comparator=found.comparator,
        unit=found.unit,
        currency=currency,
        currencies=tuple(code for code in meant if code != currency),
        ordinal=found.ordinal,
        approximate=found.approximate,
        stated=made.span(found.stated_start, found.stated_end),
    )
