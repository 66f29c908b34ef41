"""The pages of the site: an edition goes in, what a template needs comes out.

Each module makes one kind of page; a new one is a function here that returns a ``Page``, a template
and a line in ``site.pages``.
"""

from dataclasses import dataclass, field
from typing import Any

from uptake.publish.figure import Figure


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        path: Relative to the site, ``places/kaz.html``.
        template: Name of its template.
        title: Of the page.
        figures: On it, by the name that the template knows; a figure that is None was not computed.
        context: What else the template needs.
    """

    path: str
    template: str
    title: str
    figures: dict[str, Figure | None] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """Return the way back to the site's folder."""
        return "../" * self.path.count("/")


def place_path(iso3: str) -> str:
    """Return the path of a place's profile.

    >>> place_path("KAZ")
    'places/kaz.html'
    """
    return f"places/{''.join(c for c in iso3.lower() if c.isalnum())}.html"
