"""Places in rankings and scores, the totals they are out of, and the bases of rates."""

from uptake.gather.claims.reading import Reading
from uptake.gather.grammar.spans import Quantity

_LAST_RANK = 300
_TEN = 10
_FIVE = 5
_HUNDRED = 100
_OUT_OF_SIGNS = 20


def is_rank(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether an order is a place in a ranking that the text names as such."""
    totals = any(
        reading.follows("totals", q.number[1], within=2) and q.end <= quantity.start
        for q in reading.quantities
    )
    if totals and reading.follows("was", quantity.number[1]):
        return True
    bare = reading.folded[quantity.number[1] : quantity.number[1] + 1].isspace()
    if reading.follows("not_ranked", quantity.end, within=1) or (
        bare and reading.follows("moved", quantity.number[1])
    ):
        return False
    copula = reading.precedes("rank_copula", quantity.start)
    if quantity.unit == "rank" or not quantity.ordinal or copula:
        return True
    return (
        reading.follows("rank_after", quantity.number[1], within=1)
        or reading.precedes("rank_before", quantity.start, within=2)
        or reading.has("rank_words", reading.sentence.start, reading.sentence.end)
    )


def is_cardinal_rank(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a bare number stands before a word that makes it an order ("63 место")."""
    return (
        quantity.unit == "count"
        and quantity.comparator == "="
        and 1 <= quantity.value <= _LAST_RANK
        and reading.follows("rank_after_cardinal", quantity.number[1])
    )


def is_score(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number without a unit is a score ("a score of 0.8")."""
    if reading.precedes("score_before", quantity.start, within=1):
        return True
    return reading.follows("score_after", quantity.number[1])


def is_scale(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether points are the most that one can have ("out of 100", "100 ballıq şkala")."""
    return is_round(quantity.value) and (
        reading.follows("scale_after", quantity.number[1], within=1)
        or reading.precedes("out_of", quantity.start)
    )


def is_round(value: float) -> bool:
    """Tell whether a number is a power of ten from ten on, or five."""
    while value >= _TEN and value % _TEN == 0:
        value /= _TEN
    return value in {1, _FIVE}


def is_base(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number is the base of a rate: "per 100,000 inhabitants"."""
    if not (quantity.value >= _TEN and is_round(quantity.value)):
        return False
    if not reading.follows("people", quantity.number[1], within=2):
        return False
    sentence = reading.sentence
    return reading.precedes("per_before", quantity.number[0], within=1) or (
        quantity.value >= _HUNDRED and reading.has("per_verbs", sentence.start, sentence.end)
    )


def is_total(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number says out of how many: "among 120 countries", "193 ölkə arasında"."""
    sentence = reading.sentence
    if quantity.value != int(quantity.value):
        return False
    of_a_number = is_round(quantity.value) and any(
        0 < quantity.start - q.end <= _OUT_OF_SIGNS for q in reading.quantities
    )
    if of_a_number and reading.precedes("out_of", quantity.number[0]):
        return True
    return reading.has("rank_words", sentence.start, sentence.end) and (
        reading.follows("totals", quantity.number[1], within=2)
        or reading.precedes("out_of", quantity.number[0])
    )
