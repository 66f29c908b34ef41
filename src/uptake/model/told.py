"""What an observatory's release tells an index: its claims, who prints them, and usage per head."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from uptake.model.claim import Claim


@dataclass(frozen=True, slots=True)
class Told:
    """The parts of a release that an index counts.

    Attributes:
        release: Its id.
        claims: As published.
        accepted: Ids of those that an analyst accepted.
        stories: Story of each document that has one.
        dates: Date of each document as stated, ISO; None where it states none.
        named: Places (ISO 3166-1 alpha-3) that each document names.
        per_head: Usage index of a place: value and ends of its interval; withheld places are not
            there.
        notice: What the release says of its usage (synthetic data); empty for real data.
    """

    release: str = ""
    claims: tuple[Claim, ...] = ()
    accepted: frozenset[str] = frozenset()
    stories: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str | None] = field(default_factory=dict)
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    per_head: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    notice: str = ""

    def story(self, document: str) -> str:
        """Return the story of a document; one that nobody copied is a story of its own."""
        return self.stories.get(document, document)
