"""Signs in words or set apart: ``name (at) mail dot example``, ``vk [.] com / name``."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from uptake.pseudonymise.masking import plans
from uptake.pseudonymise.masking.shadow import Edit, Shadow

REACH = 120
"""Characters before an at-sign in which its name is looked for."""

_LABEL = r"[\w+-]{1,63}+"
_SPREAD = re.compile(r" [\w@./:+-] [\w@./:+-] [\w@./:+-] ")
_STRETCHED = re.compile(r"(?<!\S)[\w@./:+-](?: [\w@./:+-]){5,400}(?!\w)")


class _Signs(NamedTuple):
    """Patterns made of the catalogue's words; that of ``at`` is for text in small letters.

    Case is ignored where a few places are looked at only: it makes a search many times slower.
    """

    at: re.Pattern[str]
    name: re.Pattern[str]
    domain: re.Pattern[str]
    handle: re.Pattern[str]
    link: re.Pattern[str]
    network: re.Pattern[str]
    dot: re.Pattern[str]
    line: re.Pattern[str]
    slash: re.Pattern[str]
    scheme: re.Pattern[str]


def small(text: str) -> str:
    """Write a text in small letters of which each stands where its capital stood."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def _either(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _sign(words: str, plain: str, apart: str) -> str:
    """Return a pattern for a sign: in brackets, as a word apart, or as it is."""
    inside = rf"\s{{0,2}}[(\[{{<]\s?(?:{words}|{plain})\s?[)\]}}>]\s{{0,2}}"
    return rf"(?:{inside}|\s{{1,2}}(?:{words})\s{{1,2}}|{apart})"


@cache
def _signs() -> _Signs:
    said = plans.everywhere("spelled")
    sure, unsure = _either(said["at"]), _either(said["at_unsure"])
    dot = _sign(_either(said["dot"]), r"\.", r"(?:\s\.\s|\.)")
    joined_dot = _sign(_either(said["dot"]), r"\.", r"\.")
    line = _sign(_either(said["underscore"]), "_", r"\s?_\s?")
    slash = rf"\s(?:{_either(said['slash'])})\s| / |/"
    ends = _either(said["domains"])
    domain = rf"{_LABEL}(?:{dot}{_LABEL}){{0,3}}{dot}(?:{ends})(?!\w)"
    inside = rf"\s{{0,2}}[(\[{{<]\s?(?:(?P<said>{sure})|{unsure}|@)\s?[)\]}}>]\s{{0,2}}"
    said_apart = rf"(?:\s{{1,2}}|\A)(?:(?P<sure>{sure})|(?P<unsure>{unsure}))\s{{1,2}}"
    at = rf"(?:\A|(?=[\s(\[{{<@]))(?:{inside}|{said_apart}|\s@\s{{0,2}}|@\s{{1,2}})"
    names = _either(plans.everywhere("handle")["words"])
    scheme = r"https?\s?:\s{0,2}/\s{0,2}/\s{0,2}"
    host = rf"(?<![\w.+-])(?:{scheme})?(?:{_LABEL}{dot}){{1,3}}(?:{ends})"
    path = rf"[\w.%-]{{0,63}}\w(?:{line}\w{{1,32}}){{0,3}}"
    link = rf"{host}(?:(?P<slash>{slash}){path}(?:(?P=slash){path}){{0,3}})"
    patterns = (
        rf"(?<![\w+])(?:{_LABEL}(?:{joined_dot}|{line})){{0,4}}{_LABEL}\Z",
        domain,
        rf"{_LABEL}(?:(?:{joined_dot}|{line})[A-Za-z0-9]{{1,31}}){{0,3}}",
        link,
        rf"(?<!\w)(?:{names})\w{{0,4}}[\s:,-]{{0,3}}(?:\w{{1,10}}[\s:,-]{{1,2}})?\Z",
        dot,
        line,
        slash,
        scheme,
    )
    return _Signs(re.compile(at), *(re.compile(p, re.IGNORECASE) for p in patterns))


def spread_joined(shadow: Shadow) -> Shadow:
    """Join addresses and codes that are spread letter by letter."""
    return shadow.edited(_joined(shadow.text))


def addresses_with_signs(shadow: Shadow) -> Shadow:
    """Write addresses of e-mail and names behind an at-sign with their signs."""
    return shadow.edited(_addresses(shadow.text))


def links_with_signs(shadow: Shadow) -> Shadow:
    """Write links with their signs."""
    return shadow.edited(_links(shadow.text))


def _joined(text: str) -> Iterator[Edit]:
    if not _SPREAD.search(text):
        return
    for found in _STRETCHED.finditer(text):
        spread = found.group()
        while not spread[-1].isascii() and spread[0].isascii():
            spread = spread[:-2]  # a word of one letter behind it
        joined = spread.replace(" ", "")
        code = joined.isalnum() and joined.isupper() and any(map(str.isdigit, joined))
        if code or any(c in "@/." for c in joined):
            yield Edit(found.start(), found.start() + len(spread), joined)


def _addresses(text: str) -> Iterator[Edit]:
    signs, last = _signs(), 0
    for at in signs.at.finditer(small(text)):
        if at.start() < last:
            continue
        edit = _email(text, at, last) or _handle(text, at, last)
        if edit:
            last = edit.end
            yield edit


def _email(text: str, at: re.Match[str], last: int) -> Edit | None:
    signs = _signs()
    domain = signs.domain.match(text, at.end())
    begins = max(last, at.start() - REACH)
    name = signs.name.search(text, begins, at.start()) if domain else None
    if not (domain and name):
        return None
    written = signs.dot.sub(".", domain.group())
    if at["unsure"] and written == domain.group() and written.lower() not in _providers():
        return None  # "look at example.com"
    local = signs.line.sub("_", signs.dot.sub(".", name.group()))
    return Edit(name.start(), domain.end(), f"{local}@{written}")


@cache
def _providers() -> frozenset[str]:
    return frozenset(plans.everywhere("spelled")["providers"])


def _handle(text: str, at: re.Match[str], last: int) -> Edit | None:
    """Take a name behind a sign: with an underscore or digits, or beside the word of a network."""
    signs = _signs()
    name = signs.handle.match(text, at.end())
    if not name or name.group().isdigit():
        return None
    beside = signs.network.search(text, max(last, at.start() - 40), at.start())
    written = signs.line.sub("_", signs.dot.sub(".", name.group()))
    telling = "_" in written or any(map(str.isdigit, written))
    sure = at["sure"] or at["said"]
    if not (telling and (sure or beside)) and not (beside and not at["unsure"]):
        return None
    start = at.start() + len(at.group()) - len(at.group().lstrip())
    return Edit(start, name.end(), f"@{written}")


def _links(text: str) -> Iterator[Edit]:
    signs = _signs()
    for found in signs.link.finditer(text):
        written = signs.line.sub(
            "_",
            signs.dot.sub(".", signs.slash.sub("/", signs.scheme.sub("https://", found.group()))),
        )
        if written != found.group():
            yield Edit(*found.span(), written)
