"""Plain text: stored as it stands."""

from uptake.gather import frontmatter
from uptake.gather.encodings import decode
from uptake.gather.extract.extracted import Extracted
from uptake.gather.plain import plain

VERSION = "text 2"
_LONGEST_TITLE = 200


def extract(data: bytes, encoding: str) -> Extracted:
    """Read a text file; its first line is a title if it stands alone and is no sentence."""
    text = decode(data, encoding)
    marked = int(text.startswith("\ufeff"))
    stated, body = frontmatter.split(plain(text)[marked:])
    begin = len(text) - len(body)
    return Extracted(text, VERSION, title=first_line(body), stated=stated, begin=begin)


def first_line(text: str) -> str:
    r"""Return the line that a text begins with if it reads as a title, else nothing.

    >>> first_line("A title\n\nText."), first_line("Some text.\n\nMore."), first_line("One\ntwo")
    ('A title', '', '')
    """
    line, _, rest = text.lstrip().partition("\n")
    line = line.strip()
    stands_alone = rest[: len(rest) - len(rest.lstrip(" \t"))].strip() == "" and (
        rest.lstrip(" \t").startswith("\n")
    )
    title = stands_alone and len(line) <= _LONGEST_TITLE and not line.endswith((".", ":", ";", ","))
    return line if title else ""
