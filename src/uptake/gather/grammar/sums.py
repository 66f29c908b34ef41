"""The parts of a number in words, added up: each must fit behind those before it."""

from uptake.gather.grammar.lexicon import Lexicon

HUNDRED = 100


def glued(word: str, known: Lexicon) -> list[tuple[int, bool]] | None:
    """Take a word of several numbers apart: ``onbinaltıyüz``; None if anything is left over."""
    parts: list[tuple[int, bool]] = []
    at = 0
    while at < len(word):
        for cut in range(len(word), at, -1):
            piece = word[at:cut]
            if piece in known.scales or piece in known.cardinals:
                scale = piece in known.scales
                parts.append((known.scales[piece] if scale else known.cardinals[piece], scale))
                at = cut
                break
        else:
            return parts if len(parts) > 1 and known.endings.fullmatch(word, at) else None
    return parts if len(parts) > 1 else None


class Sum:
    """Adds the parts of one number: each must be smaller than what stands before it."""

    def __init__(self, first: float | None) -> None:
        self._total = 0.0
        self._current = first or 0.0
        self._room = 0.0 if first is not None else float("inf")
        self._least_scale = float("inf")
        self._digits = first is not None
        self.parts: list[tuple[int, bool]] = []
        self.scaled = False
        self.joined = False
        self.apart: tuple[float, float] | None = None

    @property
    def value(self) -> float:
        """Return what the parts so far add up to."""
        return self._total + self._current

    def takes(self, word: list[tuple[int, bool]]) -> bool:
        """Add a word's parts if they fit; leave all as it was if not."""
        kept = (
            self._total, self._current, self._room, self._least_scale,
            list(self.parts), self.scaled, self.joined, self.apart,
        )  # fmt: skip
        for value, scale in word:
            if not self._take(value, scale=scale):
                (
                    self._total, self._current, self._room, self._least_scale,
                    self.parts, self.scaled, self.joined, self.apart,
                ) = kept  # fmt: skip
                return False
        return True

    def _take(self, value: int, *, scale: bool) -> bool:  # noqa: PLR0911
        if value == -2:  # digits between scales: a scale must stand before them
            return bool(self._digits or self.parts) and self.scaled
        if value == -1:  # "and": something must stand before it that leaves room
            if not self.parts or self._room < HUNDRED:
                return False
            self.joined = True
            self.apart = (self.value, 0.0)
            return True
        if scale:
            return self._multiply(value)
        place = _place(value)
        if self.joined and self.apart is not None and self.apart[1] == 0:
            self.apart = (self.apart[0], float(value))
        if (not value and self.parts) or (value >= self._room and self._room != float("inf")):
            return False
        if value and self.parts and value >= self._room:
            return False
        self._current += value
        self._room = place
        self.parts.append((value, False))
        return True

    def _multiply(self, scale: int) -> bool:
        if scale in (12, 20) and (self.parts or self._digits):
            last = (
                self.parts[-1][0] if self.joined and self.parts and not self.parts[-1][1] else None
            )
            self._current += last * (scale - 1) if last else self._current * (scale - 1)
            self._room = 0
        elif scale == HUNDRED:
            if self._current >= HUNDRED and not (self._digits and not self.parts):
                return False
            if self._room < HUNDRED and self._current == 0 and self.parts:
                return False
            self._current = times_scale(self._current or 1, HUNDRED)
            self._room = HUNDRED
        elif scale < self._least_scale:
            if self.parts and not self._current:
                return False
            self._total += times_scale(self._current or 1, scale)
            self._current = 0.0
            self._room = scale
            self._least_scale = scale
        else:
            if self._current or not self.parts or not self.parts[-1][1]:
                return False
            self._total *= scale
            self._room = scale
        self.parts.append((scale, True))
        self.scaled = True
        return True


def times_scale(value: float, scale: int) -> float:
    """Return a product without the noise of binary fractions (16.4 million is 16400000)."""
    return round(value * scale, 6)


def _place(value: int) -> int:
    """Return below what a part must be that may follow: 20 leaves room for 9, 300 for 99."""
    if value >= HUNDRED:
        return HUNDRED
    return 10 if (value >= 20 and value % 10 == 0) or value == 10 else 0
