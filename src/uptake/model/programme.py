"""A programme of an observatory as its pages show it: planned, or measured with its effect."""

from dataclasses import dataclass
from typing import Literal

from uptake.model.effect import Effect, Plan


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme.

    Attributes:
        slug: Its name in addresses.
        name: As shown.
        description: What was done, in a few sentences; may be empty.
        places: ISO 3166-1 alpha-3 of the places that it was in.
        method: A name in ``evaluate.METHODS``.
        outcome: What is measured, in words.
        notice: What a reader must know first (synthetic data); empty for none.
        registration: The registration, JSON as it is on disk.
        digest: Its SHA-256.
        changed: Whether the programme differs from its registration.
        effect: What was seen; None while no outcome of the treated is in.
        plan: What the design can see; None if it was measured or no spread is given.
        warnings: What somebody should look at, a sentence each.
    """

    slug: str
    name: str
    description: str
    places: tuple[str, ...]
    method: str
    outcome: str
    notice: str
    registration: str
    digest: str
    changed: bool
    effect: Effect | None = None
    plan: Plan | None = None
    warnings: tuple[str, ...] = ()

    @property
    def status(self) -> Literal["planned", "measured"]:
        """Whether its outcome is in."""
        return "measured" if self.effect else "planned"

    @property
    def said(self) -> str:
        """What is known of its effect, in plain words."""
        if self.effect:
            return self.effect.verdict
        return self.plan.words if self.plan else "No outcome is in yet."
