"""Identifiers that are written so as not to be found: looked for in a plain shadow of the text.

The shadow is the text with look-alike characters, digits in words, signs in words and odd joints
written plainly; the finders that work on any text work on it, and what they find is masked where it
stands in the text itself.
"""

from bisect import bisect_left
from collections.abc import Sequence

from uptake.pseudonymise.masking.beside import announced
from uptake.pseudonymise.masking.finders import apart, finders
from uptake.pseudonymise.masking.fold import folded
from uptake.pseudonymise.masking.joints import joined
from uptake.pseudonymise.masking.looks import CHARACTERS, DISGUISED, JOINTS, LINKS, NUMBERS, SIGNS
from uptake.pseudonymise.masking.numbers import Run, Span, type_of
from uptake.pseudonymise.masking.plans import sharing
from uptake.pseudonymise.masking.prefilter import suspects
from uptake.pseudonymise.masking.shadow import Edit, Shadow
from uptake.pseudonymise.masking.signs import addresses_with_signs, links_with_signs, spread_joined
from uptake.pseudonymise.masking.spoken import digits_for_words

_SELF_EVIDENT = frozenset({"EMAIL", "URL", "HANDLE", "IP", "IBAN", "AZ_FIN"})

_JOINTS_OF_A_CARD = 3


def disguised(text: str, look: int) -> list[Span]:
    """Find the identifiers of a text's shadow, by their places in the text.

    Args:
        text: At most ``mask.CAP`` characters.
        look: Which disguises may be in it, see ``looks``.
    """
    shadow = Shadow.of(text)
    if look & CHARACTERS:
        shadow = spread_joined(folded(shadow))
        if shadow.text != text:  # one disguise may hide another
            look = DISGUISED
    if look & SIGNS:
        shadow = addresses_with_signs(shadow)
    if look & LINKS:
        shadow = links_with_signs(shadow)
    if look & NUMBERS:
        shadow = digits_for_words(shadow)
    joints: list[tuple[int, int]] = []
    if look & JOINTS:
        shadow, joints = joined(shadow)
    if shadow.text == text:
        return []
    found: list[Span] = []
    for finder in finders(suspects(shadow.text)):
        spans = [s for s in apart(finder(shadow.text)) if _believed(shadow, s, joints)]
        found += (Span(*shadow.original(s.start, s.end), s.type) for s in spans)
        shadow = shadow.edited(Edit(s.start, s.end, f"<{s.type}>") for s in spans)
    return found


def _believed(shadow: Shadow, span: Span, joints: Sequence[tuple[int, int]]) -> bool:
    """Ask for a word beside a number whose groups are joined as those of a list may be."""
    start, end = shadow.original(span.start, span.end)
    before = bisect_left(joints, (end, 0)) - 1  # joints are in order and apart
    if span.type in _SELF_EVIDENT or before < 0 or joints[before][1] <= start:
        return True
    beside = announced(shadow.text, span.start, span.end, 0)
    number = shadow.text[span.start : span.end]
    if span.type == "CARD" and beside != "CARD":
        return number.count(" ") >= _JOINTS_OF_A_CARD
    if span.type != "PHONE":
        return span.type in sharing(beside)
    digits = "".join(c for c in number if c.isdigit())
    known = type_of(Run(digits, (len(digits),), plus=False, beside="", whole=True)) == "PHONE"
    return known and (beside == "PHONE" or number.startswith("+"))
