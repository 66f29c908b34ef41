"""Which names are held to be one, under what must not be: splits, states, unlikeness."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from uptake.gather.knowledge.bearers import PERSON, Bearer
from uptake.gather.knowledge.matching import SAME, similarity
from uptake.gather.knowledge.spelling import words
from uptake.model.knowledge import Judgement

Pair = tuple[str, str]


class Rulings:
    """What judgements say of pairs of names; of two on one pair, the later holds."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        """Read ``merge`` and ``split`` judgements in the order in which they were made."""
        self._made: dict[Pair, str] = {}
        for one in judgements:
            if one.kind in ("merge", "split"):
                left, right = _sides(one)
                for pair in {_pair(a, b) for a in left for b in right if a != b}:
                    self._made.pop(pair, None)
                    self._made[pair] = one.kind

    def merges(self, bearers: Iterable[Bearer]) -> Iterator[tuple[Bearer, Bearer]]:
        """Yield the bearers of names that a judgement merged, the latest first."""
        by_name: dict[str, list[Bearer]] = defaultdict(list)
        for bearer in bearers:
            by_name[bearer.name].append(bearer)
        for (a, b), kind in reversed(self._made.items()):
            if kind == "merge":
                yield from ((x, y) for x in by_name[a] for y in by_name[b] if x.kind == y.kind)

    def split(self, a: str, b: str) -> bool:
        """Return whether a judgement says that two names are not the same."""
        return self._made.get(_pair(a, b)) == "split"


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)


def _sides(one: Judgement) -> tuple[list[str], list[str]]:
    """Return the names on both sides: those of its data, else the target ``a|b`` itself."""
    names = one.data.get("names")
    if isinstance(names, list) and len(names) == 2 and all(isinstance(n, list) for n in names):
        return [str(n) for n in names[0]], [str(n) for n in names[1]]
    a, _, b = one.target.partition("|")
    return [a], [b]


class Clusters:
    """Groups of names, each name in one; joining is refused where it must not be."""

    def __init__(self, bearers: Sequence[Bearer], rulings: Rulings) -> None:
        """Start with each name alone."""
        self._group = {bearer: [bearer] for bearer in bearers}
        self._root = {bearer: bearer for bearer in bearers}
        self._joined: list[tuple[Bearer, Bearer, str]] = []
        self._rulings = rulings

    def root(self, bearer: Bearer) -> Bearer:
        """Return the bearer that stands for a group."""
        return self._root[bearer]

    def groups(self) -> Iterator[list[Bearer]]:
        """Yield the groups, each sorted."""
        yield from (sorted(group) for group in self._group.values())

    def reasons(self, group: Sequence[Bearer]) -> list[tuple[Bearer, Bearer, str]]:
        """Return what joined a group."""
        within = set(group)
        return [(a, b, why) for a, b, why in self._joined if a in within]

    def join(self, a: Bearer, b: Bearer, why: str) -> bool:
        """Join two groups, unless a judgement split a name of one from a name of the other."""
        if a not in self._root or b not in self._root or self._root[a] == self._root[b]:
            return False
        left, right = self._group[self._root[a]], self._group[self._root[b]]
        if any(self._rulings.split(x.name, y.name) for x in left for y in right):
            return False
        root, gone = sorted((self._root[a], self._root[b]))
        merged = self._group[root] + self._group.pop(gone)
        self._group[root] = merged
        for bearer in merged:
            self._root[bearer] = root
        self._joined.append((a, b, why))
        return True

    def join_alike(self, a: Bearer, b: Bearer, why: str) -> bool:
        """Join two groups whose names are alike, unless some of them contradict it."""
        left, right = self._group[self._root[a]], self._group[self._root[b]]
        states = {x.state for x in left if x.state}, {y.state for y in right if y.state}
        if states[0] and states[1] and states[0] != states[1]:
            return False
        apart = any(_unlike(x, y) for x in left for y in right if (x, y) != (a, b))
        return not apart and self.join(a, b, why)


def _unlike(a: Bearer, b: Bearer) -> bool:
    """Return whether two full names are unlike; a translated or a short name tells nothing."""
    if a.kind != PERSON:
        return False
    full = all(len(words(x.name, x.kind)) > 1 for x in (a, b))
    return full and similarity(a.name, b.name, a.kind) < SAME
