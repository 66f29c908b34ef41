"""Markdown: its words as a reader sees them, without the marks.

A reader of its own, as no part of the marks may stay in a quote: headings, emphasis, links, images,
code, quotations, rules, tables and HTML tags lose theirs, list items keep a dash or a number.
"""

import re
from collections.abc import Iterator
from html import unescape

from uptake.gather import frontmatter
from uptake.gather.encodings import decode, lines
from uptake.gather.extract.extracted import Extracted

VERSION = "markdown 1"

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
_BULLET = re.compile(r"^([ \t]*)[*+-][ \t]+(?:\[[ xX]\][ \t]+)?")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S+.*")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)

_CODE = re.compile(r"(?<!`)(`+)(?!`)([^\n]*?[^`\n])\1(?!`)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+[\"'(][^\n]*?[\"')])?\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+[\"'(][^\n]*?[\"')])?\)")
_REFERENCE = re.compile(r"!?\[([^\[\]^][^\[\]]*)\]\[[^\[\]]*\]")
_ADDRESS = re.compile(r"<((?:https?|mailto|ftp):[^<>\s]*)>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_EMPHASIS = (
    re.compile(r"(?<!\*)\*\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*\*(?!\*)", re.DOTALL),
    re.compile(r"(?<!\*)\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*(?!\*)", re.DOTALL),
    re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])", re.DOTALL),
    re.compile(r"(?<![\w_])__(?=[^\s_])(.+?)(?<=[^\s_])__(?![\w_])", re.DOTALL),
    re.compile(r"(?<![\w_])_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?![\w_])", re.DOTALL),
    re.compile(r"~~(?=\S)(.+?)(?<=\S)~~", re.DOTALL),
)
_PRIVATE = 0xE000
"""Escaped signs stand there, out of reach of the marks, until all marks are gone."""


def extract(data: bytes, encoding: str) -> Extracted:
    """Read a Markdown file; its title is that of the block at its head, or its first heading."""
    stated, body = frontmatter.split(lines(decode(data, encoding)))
    text, title = plain(body)
    return Extracted(text, VERSION, title=title, stated=stated)


def plain(source: str) -> tuple[str, str]:
    r"""Return the text of a Markdown source and its first heading, empty if there is none.

    >>> plain("# A *title*\nSee **42%** of [all](https://example.org), 2*3*4.\n")
    ('A title\n\nSee 42% of all, 2*3*4.\n', 'A title')
    """
    title = ""
    out: list[str] = []
    for text, heading in _lines(_COMMENT.sub("", source).split("\n")):
        if heading and not title:
            title = inline(text).strip()
        out.append(text)
    blocks = re.split(r"(\n(?:[ \t]*\n)+)", "\n".join(out))
    joined = "".join(b if b.isspace() else inline(b) for b in blocks)
    return re.sub(r"\n{3,}", "\n\n", joined).lstrip("\n"), title


def _lines(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield each line without the marks of its block, and whether it is a heading."""
    fence = ""
    for number, line in enumerate(lines):
        match = _FENCE.match(line)
        if fence:
            if match and match[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
            else:
                yield _escaped(line), False
        elif match:
            fence = match[1]
        else:
            yield from _line(line, lines[number - 1] if number else "")


def _line(line: str, before: str) -> Iterator[tuple[str, bool]]:
    line = _QUOTE.sub("", line, count=1) if _QUOTE.match(line) else line
    if heading := _HEADING.fullmatch(line):
        yield "", False
        yield heading[2] or "", True
        yield "", False
    elif _DEFINITION.fullmatch(line) or _TABLE_RULE.fullmatch(line):
        return
    elif (_UNDERLINE.fullmatch(line) and before.strip()) or _RULE.fullmatch(line):
        yield "", False
    elif "|" in line and line.strip().startswith("|"):
        yield " | ".join(cell.strip() for cell in line.strip().strip("|").split("|")), False
    else:
        yield _BULLET.sub(r"\1- ", line, count=1).rstrip().removesuffix("\\"), False


def _escaped(line: str) -> str:
    """Return a line of code such that no sign in it is read as a mark."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", line)


def inline(text: str) -> str:
    """Return a paragraph without the marks within its lines."""
    guarded = not any(_PRIVATE <= ord(sign) < _PRIVATE + 128 for sign in text)
    if guarded:
        text = _ESCAPE.sub(lambda m: chr(_PRIVATE + ord(m[1])), text)
        text = _CODE.sub(lambda m: _guard(m[2]), text)
    text = _ADDRESS.sub(r"\1", text)
    for pattern in (_IMAGE, _LINK, _REFERENCE):
        text = pattern.sub(r"\1", text)
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\1", text)
    text = unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    if guarded:
        text = "".join(
            chr(ord(s) - _PRIVATE) if _PRIVATE <= ord(s) < _PRIVATE + 128 else s for s in text
        )
    return text


def _guard(code: str) -> str:
    return "".join(
        chr(_PRIVATE + ord(s)) if "!" <= s <= "~" and not s.isalnum() else s for s in code
    )
