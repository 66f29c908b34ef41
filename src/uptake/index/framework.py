"""The hierarchy of an index: which columns make which aggregate, from the lowest level up."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uptake.index.spec import IndexInputError, Spec

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Framework:
    """Nodes are numbered: indicators first, in the order of the spec, then aggregates by level.

    Attributes:
        codes: (I + A,) of the nodes.
        names: (I + A,) of the nodes.
        levels: (I + A,); indicators are level 1, the index has the highest.
        parents: (I + A,) node numbers; -1 for the index.
        weights: (I + A,) as given, within the parent.
        children: (A,) node numbers below each aggregate.
        indicators: I.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    levels: tuple[int, ...]
    parents: tuple[int, ...]
    weights: Floats
    children: tuple[Ints, ...]
    indicators: int

    @property
    def top(self) -> int:
        """Return the highest level."""
        return self.levels[-1]

    def below(self, aggregate: int) -> tuple[str, ...]:
        """Return the codes below an aggregate."""
        return tuple(self.codes[child] for child in self.children[aggregate])


def framework(spec: Spec, name: str = "the spec") -> Framework:
    """Resolve the hierarchy of a spec.

    Args:
        spec: As read.
        name: Of its file, for messages.

    Raises:
        IndexInputError: A code is used twice, a parent is unknown, an aggregate has nothing
            below it, there is no single index, or given weights do not sum.
    """
    nodes = (*spec.indicators, *spec.aggregates)
    _check_codes(spec, name)
    parent = {node.code: node.parent for node in nodes}
    level = _levels(spec, parent, name)
    ordered = sorted(spec.aggregates, key=lambda node: level[node.code])
    nodes = (*spec.indicators, *ordered)
    number = {node.code: at for at, node in enumerate(nodes)}
    weights = np.array([node.weight for node in nodes], dtype=np.float64)
    children = tuple(
        np.array([number[n.code] for n in nodes if n.parent == node.code], dtype=np.intp)
        for node in ordered
    )
    found = Framework(
        codes=tuple(node.code for node in nodes),
        names=tuple(node.name or node.code for node in nodes),
        levels=tuple(level[node.code] for node in nodes),
        parents=tuple(number.get(node.parent, -1) for node in nodes),
        weights=weights,
        children=children,
        indicators=len(spec.indicators),
    )
    _check_weights(found, spec, name)
    _check_means(found, spec, name)
    return found


def _check_codes(spec: Spec, name: str) -> None:
    counts = Counter(node.code for node in (*spec.indicators, *spec.aggregates))
    for code, times in counts.items():
        if times > 1:
            raise IndexInputError(
                f"{name}, {code}", f"stands {times} times", "give one of them another code"
            )
    aggregates = {node.code for node in spec.aggregates}
    for node in (*spec.indicators, *spec.aggregates):
        if node.parent and node.parent not in aggregates:
            raise IndexInputError(
                f"{name}, {node.code}",
                f"its parent {node.parent!r} is no aggregate",
                f"there are: {', '.join(sorted(aggregates))}",
            )
    roots = [node.code for node in spec.aggregates if not node.parent]
    if not roots:
        raise IndexInputError(
            f"{name}, aggregates",
            "each has a parent, so none is the index itself",
            "leave parent out of the one that is",
        )
    if len(roots) != 1:
        raise IndexInputError(
            f"{name}, aggregates",
            f"{len(roots)} have no parent ({', '.join(roots)})",
            "leave parent out of the index itself and of nothing else",
        )


def _levels(spec: Spec, parent: dict[str, str], name: str) -> dict[str, int]:
    level = {node.code: 0 for node in spec.aggregates}
    for one in spec.indicators:
        at, depth = one.parent, 1
        while at:
            depth += 1
            level[at] = max(level[at], depth)
            at = parent[at]
            if depth > len(parent) + 1:
                raise IndexInputError(f"{name}, {one.parent}", "is its own parent", "mend parent")
    for code, depth in level.items():
        if not depth:
            raise IndexInputError(
                f"{name}, aggregate {code}", "has no indicator below it", "leave it out"
            )
    return {one.code: 1 for one in spec.indicators} | level


def _check_weights(found: Framework, spec: Spec, name: str) -> None:
    for at, below in enumerate(found.children):
        weights = found.weights[below]
        total, code = float(weights.sum()), found.codes[found.indicators + at]
        if (weights < 0).any() or total <= 0:
            raise IndexInputError(
                f"{name}, below {code}",
                f"weights are {', '.join(f'{w:g}' for w in weights)}",
                "write weights above 0",
            )
        same = bool(np.all(weights == weights[0]))
        sums = bool(np.isclose(total, 1, atol=1e-9) or np.isclose(total, 100, atol=1e-7))
        if spec.steps.weights == "given" and not (same or sums or spec.steps.relative_weights):
            raise IndexInputError(
                f"{name}, weights below {code} ({', '.join(found.below(at))})",
                f"they sum to {total:g}",
                "make them sum to 1, or set relative_weights = true under [steps]",
            )


def _check_means(found: Framework, spec: Spec, name: str) -> None:
    given, levels = spec.steps.aggregate, found.top - 1
    if not isinstance(given, str) and not 0 < len(given) <= levels:
        raise IndexInputError(
            f"{name}, steps.aggregate",
            f"names {len(given)} means for {levels} levels above the indicators",
            "name one for all levels, or one a level from the lowest",
        )
