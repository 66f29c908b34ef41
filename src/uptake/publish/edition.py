"""What every page of one release needs: titles, slices, the notices and the source line."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from uptake.model.dimensions import ALL
from uptake.model.estimate import Estimate, Key
from uptake.model.release import Release
from uptake.publish import numbers
from uptake.publish.columns import Table
from uptake.publish.evidence.archive import Archive
from uptake.publish.slices import Mark, Slices, Where
from uptake.publish.tables import covers, tables
from uptake.publish.titles import Titles


@dataclass(frozen=True)
class Edition:
    """A release with what is computed from it once.

    Attributes:
        release: What is published.
        drawn: Folder that keeps pictures from one build to the next; None: draw each anew.
        jobs: Pictures drawn at a time.
    """

    release: Release
    drawn: Path | None = None
    jobs: int = 1

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Return the tables of the release."""
        return tuple(tables(self.release))

    @cached_property
    def titles(self) -> Titles:
        """Return what things are called."""
        return Titles(self.release)

    @cached_property
    def slices(self) -> Slices:
        """Return the estimates by group."""
        return Slices(self.release.estimates, [p.iso3 for p in self.release.places])

    @cached_property
    def archive(self) -> Archive:
        """Return the claims by place and document."""
        return Archive(self.release)

    @cached_property
    def intervals(self) -> dict[str, str]:
        """Return an id for each text on what the intervals cover."""
        return covers(self.release)

    @property
    def covers(self) -> tuple[str, ...]:
        """Return each text on what the intervals cover."""
        return tuple(self.intervals)

    @cached_property
    def level(self) -> str:
        """Return the nominal coverage of the intervals, ``95%``."""
        found = (e for e in self.release.estimates.shares.values() if isinstance(e, Estimate))
        first = next(found, None)
        return f"{100 * first.level:g}%" if first else "95%"

    @property
    def monthly(self) -> str:
        """Return `` a month`` where a person of several months is told as one of each, or nothing.

        A release with noise does not know who is in two months.
        """
        promise = self.release.promise
        return " a month" if promise and len(promise.months) > 1 else ""

    def people(self, number: int) -> str:
        """Write how many people stand behind a figure of the whole release."""
        return numbers.counted(number, "person", "people") + self.monthly

    def behind(self, where: Where) -> str:
        """Return the n of a group, ``n = 944 people, 18,880 messages``."""
        group = self.slices.group(where)
        if isinstance(group, Mark):
            known = "withheld" if group is Mark.WITHHELD else "not published"
            return f"the number of people is {known}"
        parts = []
        if group.people is not None:
            one_month = where.month != ALL
            number = numbers.counted(group.people, "person", "people")
            parts.append(number if one_month else self.people(group.people))
        if group.messages is not None:
            parts.append(numbers.counted(group.messages, "message", "messages"))
        return "n = " + ", ".join(parts)

    def source(self, where: Where) -> str:
        """Return the source line of a figure on usage."""
        release = self.release
        return (
            f"Source: conversation logs, release {release.id}; "
            f"{self.behind(where)}, at most {release.messages_cap} of a person and month."
        )

    def caveat(self, keys: Iterable[Key]) -> str:
        """Return what the intervals of these shares cover, a sentence for each kind of them."""
        found = (self.release.estimates.get(key) for key in keys)
        said = dict.fromkeys(e.covers for e in found if e is not None)
        return " ".join(
            f"{self.level if at == 0 else 'Other'} intervals cover {text}."
            for at, text in enumerate(said)
        )

    def group_title(self, where: Where) -> str:
        """Return what a group is called: its place, or all."""
        return self.titles.place(where.place)
