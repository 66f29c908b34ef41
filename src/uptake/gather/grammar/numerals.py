"""One number at a place of a shadow: digits, words, scales and fractions, and its value."""

import re
from functools import cache
from math import inf

from uptake.gather.grammar.digits import DIGITS, POWER, VULGAR, plain_value, raised_value
from uptake.gather.grammar.lexicon import WORD, Lexicon, any_of, lexicon
from uptake.gather.grammar.number import SPACES, Number, words_ahead
from uptake.gather.grammar.ordinals import ordinal
from uptake.gather.grammar.portions import portion
from uptake.gather.grammar.sums import Sum, glued, times_scale

_TEN = 10
_SLASH = re.compile(r"(?: {1,2}(?P<top>\d{1,2}))?/(?P<bottom>\d{1,3})(?![\d/.]|-\d)")
_GAP = re.compile(r"(?: ?- ?| {1,3})?")
_WIDE = re.compile(r" {2}")
_LETTERS = re.compile(r" {0,2}([^\W\d_]+)\.?")
_DASH = re.compile(r"-(?=[^\W\d_])")
_SMALL = re.compile(r"\d{1,3}(?![\w]|[.,:/-]\d)")


def read_number(text: str, at: int, language: str) -> Number | None:
    """Return the number of a sane size that begins at a place of a shadow, if one does.

    >>> read_number("1,5 trln", 0, "uz").value
    1500000000000.0
    >>> read_number("twenty-five thousand", 0, "en").value
    25000.0
    """
    found = number_of_any_size(text, at, language)
    return found if found and found.is_sane(text) else None


def number_of_any_size(text: str, at: int, language: str) -> Number | None:
    """Return also a number that is no figure, so that no part of it is taken for one."""
    return _Reader(text, lexicon(language)).read(at)


@cache
def anchors(language: str) -> re.Pattern[str]:
    """Return a pattern of where numbers may begin: at digits and at words that begin so."""
    known = lexicon(language)
    words = {*known.cardinals, *known.scales}
    words |= {w.split()[0] for ws in known.raw.get("fractions", {}).values() for w in ws}
    words |= set(known.words.get("minus", ())) | known.words.get("every", frozenset())
    words |= set(known.ordinals)
    listed = any_of(words)
    articles = any_of(known.words.get("article", ()))
    led = rf"(?:(?:{articles}) (?=(?:{listed})))?" if articles else ""
    vulgar = "".join(VULGAR)
    return re.compile(
        rf"(?<![\w'])(?:[.,]?\d|[{vulgar}]" + (rf"|{led}(?:{listed})" if listed else "") + ")"
    )


class _Reader:
    """Reads one number: a state of its own for each, so that the parts need few arguments."""

    def __init__(self, text: str, known: Lexicon) -> None:
        self._text = text
        self._known = known

    def read(self, at: int) -> Number | None:
        start, sign = at, 1
        if told := portion(self._text, at, self._known) or self._ordinal_phrase(at):
            return told
        if self._text[at : at + 1].isdigit():
            found = self._digits(at)
            return (self._over(found) or found) if found else None
        if minus := self._minus(at):
            at, sign = minus, -1
        at = self._article(at)
        if at == start and self._is_header(at):
            return None
        found = self._fraction_phrase(at) or self._digits(at) or self._words(at)
        if found is None:
            return None
        found = self._over(found) or found
        return Number(
            start, found.end, sign * found.value, found.digits, found.plain and sign > 0,
            found.share, found.scaled,
        )  # fmt: skip

    def _ordinal_phrase(self, at: int) -> Number | None:
        """Return an ordinal in words that is no part of a fraction: not ``десятой части``."""
        words, _ = self._ahead(at, self._known.fractions.longest)
        if self._known.fractions.find(words):
            return None
        return ordinal(self._text, at, self._known)

    def _is_header(self, at: int) -> bool:
        """Return whether a word of scale stands alone: ``млн долл.``, ``million``."""
        words, _ = self._ahead(at, 2)
        return self._known.has("scales_never_alone", "".join(words[:1])) and (
            len(words) < 2 or self._scale(words[1]) is None
        )

    def _minus(self, at: int) -> int | None:
        for word in self._known.words.get("minus", ()):
            if self._text.startswith(word + " ", at):
                return at + len(word) + 1
        return None

    def _article(self, at: int) -> int:
        """Return where a number begins behind its article: ``a dozen``, ``a twenty-first``."""
        words, ends = self._ahead(at, 2)
        if len(words) < 2 or not self._known.has("article", words[0]):
            return at
        if self._known.fractions.find(words):
            return at
        following = ends[1] - len(words[1])
        parts = self._parts(words[1])
        if parts and (parts[0][1] or self._ordinal_at(following)):
            return following
        return at

    def _fraction_phrase(self, at: int) -> Number | None:
        """Return a fraction that has a name: ``half``, ``каждая третья``, ``half a million``."""
        words, ends = self._ahead(at, self._known.fractions.longest)
        found = self._known.fractions.find(words)
        if not found:
            return None
        value, count = found
        return self._scaled(Number(at, ends[count - 1], value, digits=False, share=True))

    def _scaled(self, found: Number) -> Number:
        """Return a fraction times the scale behind it (``half a million``), or as it is."""
        words, ends = self._ahead(found.end, 3)
        skipped = 0
        while skipped < len(words) and self._known.has("of_a", words[skipped]):
            skipped += 1
        if skipped < len(words) and (scale := self._scale(words[skipped])):
            return Number(
                found.start, ends[skipped], found.value * scale, digits=found.digits, scaled=True
            )
        return found

    def _scale(self, word: str) -> int | None:
        for stem in self._known.numerals.stems(word):
            if stem in self._known.scales:
                return self._known.scales[stem]
        return None

    def _ahead(self, at: int, count: int) -> tuple[list[str], list[int]]:
        return words_ahead(self._text, at, count)

    def _digits(self, at: int) -> Number | None:
        text = self._text
        if text[at : at + 1] in VULGAR:
            return Number(at, at + 1, VULGAR[text[at]], digits=True)
        match = DIGITS.match(text, at)
        if match is None:
            return None
        value, end = plain_value(match, self._known.decimal), match.end()
        plain = match[0].isdigit() and value < inf
        if power := POWER.match(text, end):
            raised = raised_value(value, power)
            return None if raised is None else Number(at, power.end(), raised, digits=True)
        slash = _SLASH.match(text, end)
        if plain and slash and int(slash["bottom"]):
            top, bottom = int(slash["top"] or match[0]), int(slash["bottom"])
            if top < bottom:
                whole = value if slash["top"] else 0.0
                return Number(at, slash.end(), whole + top / bottom, digits=True)
        if end < len(text) and text[end] in VULGAR:
            return Number(at, end + 1, value + VULGAR[text[end]], digits=True)
        return self._sum(at, value, end, plain=plain)

    def _words(self, at: int) -> Number | None:
        match = WORD.match(self._text, at)
        if match is None or not self._parts(match[0]):
            return None
        return self._sum(at, None, at, plain=False)

    def _sum(self, at: int, first: float | None, end: int, *, plain: bool) -> Number | None:
        """Add up the parts from a place on, ``first`` being a value in digits already read."""
        total = Sum(first)
        if first is not None:
            letter = self._letter(end)
            if letter:
                return Number(
                    at, letter[1], times_scale(first, letter[0]), digits=True, scaled=True
                )
        while True:
            step = self._next(end, first_word=end == at and first is None)
            if step is None or not total.takes(step[0]):
                break
            end = step[1]
        if first is None and not total.parts:
            return None
        found = Number(
            at, end, total.value, digits=first is not None,
            plain=plain and not total.parts, scaled=total.scaled,
        )  # fmt: skip
        return self._decimals(found) or self._denominated(found, total) or found

    def _letter(self, end: int) -> tuple[int, int] | None:
        """Return a letter of scale behind digits: ``300m``, ``2.33 k``."""
        match = _LETTERS.match(self._text, end)
        if match is None or match[1] not in self._known.scale_letters:
            return None
        if match.start(1) > end and len(match[1]) == 1 and match[1] != "k":
            return None
        return self._known.scale_letters[match[1]], match.end(1)

    def _next(self, end: int, *, first_word: bool) -> tuple[list[tuple[int, bool]], int] | None:
        """Return the parts of the next word of a number, and its end."""
        text = self._text
        at = end if first_word else _GAP.match(text, end).end()  # type: ignore[union-attr]
        match = WORD.match(text, at)
        if match is None:
            return None if first_word else self._digits_between(at)
        if first_word is False and self._known.has("and", match[0]):
            behind = SPACES.match(text, match.end()).end()  # type: ignore[union-attr]
            if digits := _SMALL.match(text, behind):
                return [(-1, False), (int(digits[0]), False)], digits.end()
            after = WORD.match(text, behind)
            if after is None or (parts := self._parts(after[0])) is None or parts[0][1]:
                return None
            return [(-1, False), *parts], after.end()
        parts = self._parts(match[0], first=first_word)
        if parts is None:
            return None
        dot = text.startswith(".", match.end()) and self._known.has("scales_with_point", match[0])
        return parts, match.end() + dot

    def _digits_between(self, at: int) -> tuple[list[tuple[int, bool]], int] | None:
        """Return digits that stand between scales: ``2 million 300 thousand``."""
        digits = None if _WIDE.match(self._text, at - 2) else _SMALL.match(self._text, at)
        words, ends = self._ahead(digits.end(), 1) if digits else ([], [])
        scale = self._scale(words[0]) if words else None
        if digits is None or scale is None:
            return None
        return [(-2, False), (int(digits[0]), False), (scale, True)], ends[0]

    def _parts(self, word: str, *, first: bool = True) -> list[tuple[int, bool]] | None:
        """Return the values in a word, each with whether it is a scale."""
        known = self._known
        if first and (known.has("not_numbers", word) or word.startswith(known.not_number_stems)):
            return None
        for stem in known.numerals.stems(word):
            if stem in known.scales:
                return [(known.scales[stem], True)]
            return [(known.cardinals[stem], False)]
        if not known.raw.get("glued", False):
            return None
        return glued(word, known)

    def _decimals(self, found: Number) -> Number | None:
        """Return a number with decimals in words: ``two point seventy-one``, ``bir buçuk``."""
        words, ends = self._ahead(found.end, 6)
        if not words or (found.scaled and found.digits):
            return None
        if self._known.has("and_a_half", words[0]):
            return Number(found.start, ends[0], found.value + 0.5, digits=found.digits)
        if not self._known.has("point", words[0]) or found.digits:
            return None
        tail, end = "", ends[0]
        for word, stop in zip(words[1:], ends[1:], strict=True):
            parts = self._parts(word)
            if not parts or len(parts) > 1 or parts[0][1]:
                break
            value = sum(v for v, _ in parts)
            tens = tail and not int(tail) % 10 and int(tail) >= 10 and value < 10 and int(tail[-2:])
            tail = tail[:-1] + str(value) if tens else tail + str(value)
            end = stop
            dash = _DASH.match(self._text, stop)
            if (
                dash
                and (rest := WORD.match(self._text, dash.end()))
                and (more := self._parts(rest[0]))
            ):
                tail, end = tail[:-1] + str(more[0][0]), rest.end()
                break
        if not tail:
            return None
        return Number(found.start, end, found.value + float("0." + tail), digits=False)

    def _denominated(  # noqa: PLR0911 - each shape of fraction has its own way out
        self, found: Number, total: "Sum"
    ) -> Number | None:
        """Return a fraction whose denominator follows: ``two thirds``, ``three and a fifth``."""
        known = self._known
        if not known.denominators or (found.digits and not found.plain):
            return None
        gap = _GAP.match(self._text, found.end)
        match = WORD.match(self._text, gap.end()) if gap else None
        if match is None:
            return None
        if known.has("and", match[0]):
            words, ends = self._ahead(match.end(), 2)
            if words and known.has("of_a", words[0]):
                bottom = known.denominators.get(words[1]) if len(words) > 1 else None
                return (
                    Number(found.start, ends[1], found.value + 1 / bottom, digits=False)
                    if bottom
                    else None
                )
            inner = self._words(ends[0] - len(words[0])) if words else None
            if inner and inner.share:
                return Number(found.start, inner.end, found.value + inner.value, digits=False)
            return None
        bottom, end = self._ordinal(match)
        if bottom is None or (found.digits and bottom < 3):
            return None
        value, last = total.value, total.parts[-1] if total.parts else (0, False)
        if not found.digits and len(total.parts) > 1 and 20 <= last[0] < 100 and not total.joined:
            if bottom < 10:
                value, bottom = value - last[0], bottom + last[0]
        elif total.apart is not None and last[0] == total.apart[1] < 10:
            return Number(
                found.start, match.end(), total.apart[0] + total.apart[1] / bottom, digits=False
            )
        share = Number(found.start, end, value / bottom, digits=found.digits, share=True)
        return self._scaled(share)

    def _ordinal(self, match: re.Match[str]) -> tuple[int | None, int]:
        """Return a denominator and its end: ``fifths``, ``twenty-fifths``."""
        known = self._known
        tens = known.cardinals.get(match[0], 0)
        gap = _GAP.match(self._text, match.end())
        unit = WORD.match(self._text, gap.end()) if gap and tens >= 20 else None
        if unit is not None and 0 < known.denominators.get(unit[0], 0) < 10:
            return tens + known.denominators[unit[0]], unit.end()
        bottom = known.denominators.get(match[0], 0)
        alone = bottom > 1 and not known.has("composed_only", match[0])
        return (bottom if alone else None), match.end()

    def _ordinal_at(self, at: int) -> bool:
        """Return whether an ordinal of two words begins at a place: ``twenty-first``."""
        match = WORD.match(self._text, at)
        return (
            match is not None
            and match[0] in self._known.cardinals
            and self._ordinal(match)[0] is not None
        )

    def _over(self, found: Number) -> Number | None:
        """Return a fraction said with a word: ``one over three``, ``iki bölü üç``, ``üçte bir``."""
        if not self._known.words.get("over") and not self._known.raw.get("fraction_cases"):
            return None
        words, ends = self._ahead(found.end, 2)
        for count in (2, 1):
            phrase = " ".join(words[:count])
            if len(words) >= count and self._known.has("over", phrase):
                at = SPACES.match(self._text, ends[count - 1]).end()  # type: ignore[union-attr]
                bottom = self._digits(at) if self._text[at : at + 1].isdigit() else self._words(at)
                strict = self._known.has("over_if_less", phrase)
                if bottom and self._timed(found, bottom):
                    continue
                told = found.value == 1 or not (
                    found.digits or bottom is None or (bottom.digits and bottom.value != _TEN)
                )
                told = told or (found.plain and self._tenths(bottom, phrase))
                if (
                    bottom
                    and bottom.value
                    and (not strict or (told and bottom.value > found.value))
                ):
                    value = found.value / bottom.value
                    return Number(found.start, bottom.end, value, digits=found.digits, share=True)
        return self._part_of(found, words, ends)

    def _timed(self, found: Number, bottom: Number) -> bool:
        """Return whether two numbers are no fraction: ``$2000 over 3 years``."""
        words, _ = self._ahead(bottom.end, 1)
        before = self._text[max(0, found.start - 2) : found.start].strip()
        money = bool(before) and not before[-1].isalnum() and before[-1] not in "(,.;:-'\""
        return money or bool(words and self._known.units.find(words))

    def _tenths(self, bottom: Number | None, phrase: str) -> bool:
        """Return whether digits are so many in ten of something: ``3 in 10 workers``."""
        every = self._known.has("every", phrase.rpartition(" ")[2])
        wholes = {_TEN, _TEN**2} if every else {_TEN}
        if bottom is None or not bottom.plain or bottom.value not in wholes:
            return False
        return bool(self._ahead(bottom.end, 1)[0])

    def _part_of(self, found: Number, words: list[str], ends: list[int]) -> Number | None:
        """Return a fraction said by a case: ``üçte iki``, ``uchdan bir``: the whole comes first."""
        cases = self._known.raw.get("fraction_cases")
        if (
            not cases
            or found.digits
            or not words
            or found.value not in {2, 3, 4, 5, 6, 7, 8, 9, 10, 100}
        ):
            return None
        word = self._text[found.start : found.end]
        if not re.search(f"(?:{any_of(cases)})$", word) or word in self._known.cardinals:
            return None
        parts = self._parts(words[0])
        if not parts or len(parts) > 1 or parts[0][1] or parts[0][0] >= found.value:
            return None
        return Number(found.start, ends[0], parts[0][0] / found.value, digits=False, share=True)
