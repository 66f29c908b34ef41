"""The text of a page that is nested too deep for a tree: tag by tag, whatever the depth."""

import re
from html.parser import HTMLParser

from uptake.gather.extract.page import BLOCKS, SILENT, tidied

_SPACE = re.compile(r"[ \t\n\r\f]+")


class _Reader(HTMLParser):
    """Gathers text between tags; of elements within a silent one nothing is kept."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._silent = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a silent element, or part blocks."""
        del attrs
        if self._silent:
            self._depth += tag == self._silent
        elif tag in SILENT:
            self._silent, self._depth = tag, 1
        elif tag == "br":
            self.out.append("\n")
        elif tag in BLOCKS:
            self.out.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        """End a silent element, or part blocks."""
        if tag == self._silent:
            self._depth -= 1
            self._silent = self._silent if self._depth else ""
        elif not self._silent and tag in BLOCKS:
            self.out.append("\n\n")

    def handle_data(self, data: str) -> None:
        """Keep text as a browser shows it."""
        if not self._silent:
            self.out.append(_SPACE.sub(" ", data))


def text(source: str) -> str:
    """Return all text of a page's source, a blank line between blocks.

    >>> text("<div>" * 5000 + "<p>Deep <b>down</b></p>" + "</div>" * 5000)
    'Deep down'
    """
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return tidied("".join(reader.out))
