"""What a document says of one thing again and again, put together: one claim for each stage."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from uptake.gather.claims.undertakings import Undertaking
from uptake.gather.words import fold

_FAMILIES = {"in_use": "use", "scaled": "use"}
_NEXT = 2
"""Signs between two sentences, or paragraphs, of which one follows the other."""
_BACK = 12
"""Paragraphs back to which "the system" may point."""


@dataclass
class Group:
    """All that is said of one thing at one stage, in the order of the text."""

    told: list[Undertaking]
    countries: tuple[str, ...]
    name: str = ""
    name_span: tuple[int, int] = (0, 0)
    again: list[tuple[int, int]] = field(default_factory=list)

    @property
    def chief(self) -> Undertaking:
        """Return the clause that tells it: the first, or the first that says it is everywhere."""
        widest = [u for u in self.told if u.stage.stage == "scaled"]
        return widest[0] if widest else self.told[0]


class Groups:
    """Things told so far, by name, by kind and by what "the system" would point to."""

    def __init__(self) -> None:
        """Begin with none."""
        self.all: list[Group] = []
        self._by_name: dict[tuple[str, str], Group] = {}
        self._by_head: dict[tuple[str, str, tuple[str, ...]], Group] = {}
        self._last: dict[str, Group] = {}

    def add(self, told: Undertaking, countries: tuple[str, ...]) -> None:
        """Take in a clause: as another word on a thing told before, or as a thing of its own."""
        thing, stage = told.thing, family(told)
        antecedent = self._antecedent(told) if thing.bare else None
        if antecedent is not None and thing.name:
            antecedent = self._named_now(antecedent, told)
        name = thing.name or (antecedent.name if antecedent else "")
        kin = thing.head in self._last and thing.kind != "vague"
        if told.stage.rule == "does" and self._goes_on(told, antecedent):
            return
        group = self._known(told, name, stage, countries, antecedent)
        if group is not None:
            group.told.append(told)
        elif told.topical or antecedent is not None or kin:
            group = Group([told], countries, name, thing.name_span)
            if antecedent is not None and not thing.name:
                group.name_span = antecedent.name_span
            self.all.append(group)
        else:
            return
        self._remember(group, told, countries, stage)

    def _known(
        self,
        told: Undertaking,
        name: str,
        stage: str,
        countries: tuple[str, ...],
        antecedent: Group | None,
    ) -> Group | None:
        if name:
            found = self._by_name.get((fold(name), stage))
            same = found is not None and (stage != "announced" or found.countries == countries)
            return found if same else None
        if antecedent is not None:
            return antecedent if family(antecedent.chief) == stage else None
        last = self._last.get("")
        follows = last is not None and told.sentence.start - last.told[-1].sentence.end <= 1
        if follows and last is not None and not told.own and family(last.chief) == stage:
            return last
        if told.thing.kind == "field":
            return None
        found = self._by_head.get((told.thing.head, stage, countries))
        if found is None or not told.own or found.chief.marks & told.marks:
            return found
        return None if found.chief.marks and told.marks else found

    def _goes_on(self, told: Undertaking, antecedent: Group | None) -> bool:
        """Tell whether a clause only says what the thing of the last sentences does."""
        if told.thing.name:
            return any(fold(told.thing.name) == name for name, _ in self._by_name)
        last = self._last.get(told.thing.head)
        near = last is not None and (
            told.sentence.paragraph - last.told[-1].sentence.paragraph <= 1
        )
        return near or antecedent is not None

    def _named_now(self, antecedent: Group, told: Undertaking) -> Group | None:
        """Give a thing the name that the next sentence tells of it ("the system, called ...")."""
        if fold(antecedent.name) == fold(told.thing.name):
            return antecedent
        near = told.sentence.paragraph - antecedent.told[-1].sentence.paragraph <= 1
        same = antecedent.chief.thing.head == told.thing.head
        follows = told.sentence.start - antecedent.told[-1].sentence.end <= _NEXT
        if antecedent.name or not near or not (same or follows):
            return None
        antecedent.name, antecedent.name_span = told.thing.name, told.thing.name_span
        self._by_name.setdefault((fold(antecedent.name), family(antecedent.chief)), antecedent)
        return antecedent

    def _antecedent(self, told: Undertaking) -> Group | None:
        found = self._last.get(told.thing.head) or self._last.get("")
        if found is None:
            return None
        apart = told.sentence.paragraph - found.told[-1].sentence.paragraph
        return found if apart <= _BACK else None

    def _remember(
        self, group: Group, told: Undertaking, countries: tuple[str, ...], stage: str
    ) -> None:
        if group.name:
            self._by_name.setdefault((fold(group.name), stage), group)
        self._by_head.setdefault((told.thing.head, stage, countries), group)
        self._last[told.thing.head] = self._last[""] = group


def family(told: Undertaking) -> str:
    """Return the stage of a clause, in use and everywhere in use being one."""
    stage = told.stage.stage or ""
    return _FAMILIES.get(stage, stage)


def add_headings(groups: Groups, headings: Iterable[tuple[Undertaking, tuple[str, ...]]]) -> None:
    """Take in what headings say: again what the text says, or new where the text says nothing."""
    alone = not groups.all
    for told, countries in headings:
        same = [
            g
            for g in groups.all
            if family(g.chief) == family(told)
            and (g.chief.thing.head == told.thing.head or (g.name and g.name == told.thing.name))
        ]
        if same:
            same[0].again.append((told.start, told.end))
        elif alone and told.topical:
            groups.add(told, countries)
