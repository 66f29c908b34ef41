"""Text -> Masked: identifiers give way to typed placeholders; the only maker of ``Masked``.

Most messages hold neither an at-sign, nor a link, nor seven digits near each other, nor anything in
disguise: one look at a column of them tells, and they pass as they are. On the others the patterns
of ``masking`` work, each in time linear in the text, first on a shadow in which disguises are
written plainly, then on the text. Names are looked for behind an introduction only (``my name
is``): lists of names find few and hit many words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from uptake.model.masked import Masked
from uptake.pseudonymise.masking.disguised import disguised
from uptake.pseudonymise.masking.finders import apart, finders
from uptake.pseudonymise.masking.introductions import introductions
from uptake.pseudonymise.masking.looks import DISGUISED, EVERYTHING, NAMES
from uptake.pseudonymise.masking.numbers import Span
from uptake.pseudonymise.masking.prefilter import suspects
from uptake.pseudonymise.masking.windows import Window, together, windows

CAP = 65_536
"""Characters of a message that are read; what lies beyond is left out of the masked text."""

MARGIN = 400
"""Characters before the cap that are left out as well unless they belong to an identifier that
begins before them: the cap may have cut an identifier so that it is not known any more."""

BATCH = 1 << 20
"""Characters of texts that are looked at together: so many that a batch's own cost is little."""

PASSES = 3
"""Most passes: what stood between two identifiers is looked at again once they are gone."""


def mask(text: str) -> Masked:
    """Replace the identifiers of a text.

    Args:
        text: Of any length and content.

    Returns:
        The text with ``<TYPE>`` where an identifier stood, and how many of each type there were.
        Masking a masked text changes nothing.

    >>> mask("Call +7 701 234 56 78 or write to a@example.kz").text
    'Call <PHONE> or write to <EMAIL>'
    """
    return _masked(text, EVERYTHING)


def mask_all(texts: Sequence[str]) -> list[Masked]:
    """Replace the identifiers of each of many texts, as ``mask`` does and many times as fast.

    One look at the whole column tells which texts could hold any, and which parts of long ones; the
    rest passes as it is. What is looked for is necessary for what ``mask`` finds; known exceptions,
    heaps of full-width brackets and signs without sense, stand in ``docs/reference/masking.md``.

    >>> [masked.text for masked in mask_all(["nothing", "ivan (at) mail dot ru"])]
    ['nothing', '<EMAIL>']
    """
    done: list[Masked] = []
    for batch in _batches(texts):
        found = windows([text[:CAP] for text in batch])
        done += [_pieced(text, found.get(row, ())) for row, text in enumerate(batch)]
    return done


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield texts that are looked at together."""
    begin = size = 0
    for row, text in enumerate(texts):
        size += min(len(text), CAP)
        if size >= BATCH:
            yield texts[begin : row + 1]
            begin, size = row + 1, 0
    if begin < len(texts):
        yield texts[begin:]


def _pieced(text: str, found: Sequence[Window]) -> Masked:
    """Mask a text of which only some windows may hold identifiers."""
    if len(text) > CAP:
        if found and found[-1].end >= CAP - MARGIN:
            return _masked(text, together(found))
        text = text[: CAP - MARGIN]  # nothing stands where it is cut
    if not found:
        return Masked(text)
    counts: Counter[str] = Counter()
    parts: list[str] = []
    last = 0
    for window in found:
        masked = _masked(text[window.start : window.end], window.look)
        parts += (text[last : window.start], masked.text)
        counts.update(dict(masked.counts))
        last = window.end
    return Masked("".join((*parts, text[last:])), tuple(sorted(counts.items())))


def _masked(text: str, look: int) -> Masked:
    reach = len(text) if len(text) <= CAP else CAP - MARGIN
    text = text[:CAP]
    counts: dict[str, int] = {}
    for _ in range(PASSES):
        masked = text
        if look & DISGUISED:
            masked, reach = _replace(text, disguised(text, look), counts, reach)
        for finder in finders(suspects(masked)):
            masked, reach = _replace(masked, finder(masked), counts, reach)
        if look & NAMES:
            masked, reach = _replace(masked, introductions(masked), counts, reach)
        if masked == text:
            break
        text = masked
    return Masked(text[:reach], tuple(sorted(counts.items())))


def _replace(
    text: str, spans: Iterable[Span], counts: dict[str, int], reach: int
) -> tuple[str, int]:
    """Put placeholders for spans, and say where ``reach`` is now."""
    found = sorted(spans)
    if not found:
        return text, reach
    parts: list[str] = []
    last, kept = 0, reach
    for span in apart(found):
        placeholder = f"<{span.type}>"
        parts += (text[last : span.start], placeholder)
        if span.start < reach:
            gone = min(span.end, max(reach, span.start)) - span.start
            kept += len(placeholder) - gone
        counts[span.type] = counts.get(span.type, 0) + 1
        last = span.end
    return "".join((*parts, text[last:])), kept
