"""Numbers and codes whose groups are joined by signs that no finder takes for a gap."""

import re
from collections.abc import Iterator

from uptake.pseudonymise.masking import plans
from uptake.pseudonymise.masking.shadow import Edit, Shadow

_JOINT = r"(?:[._,/*|~]|\)\(|\r?\n| [-.*/_|] )"
_NUMBER = re.compile(
    rf"\d(?<![\w.,]\d)\d{{0,15}}+(?P<joint>{_JOINT})\d{{1,16}}+(?:(?P=joint)\d{{1,16}}+){{0,20}}(?!\w)"
)
_CODE = re.compile(
    r"[A-Z0-9](?<![\w.-][A-Z0-9])[A-Z0-9]{0,7}+(?P<joint>[-._]| [-._] )[A-Z0-9]{1,9}"
    r"(?:(?P=joint)[A-Z0-9]{1,9}){0,9}(?![\w-])"
)
_SMALL = re.compile(r"[0-9](?<!\d[0-9])[0-9]{6,7}(?!\w)")
_SMALL_BEFORE = re.compile(r"(?<![\w.-])[a-z]{1,2}[ -]?\Z")
_PAIR = re.compile(r"[A-Z0-9](?<![\w.-][A-Z0-9])[A-Z0-9]{0,7}+ [A-Z0-9]{1,8}(?![\w-])")
_GROUP = re.compile(r"[A-Za-z0-9]{1,16}")


def joined(shadow: Shadow) -> tuple[Shadow, list[tuple[int, int]]]:
    """Set spaces for odd joints in numbers and none in codes, and capitals in small codes.

    Returns:
        The new shadow, and where in the original something was joined: what is found there is
        believed on stronger evidence only.
    """
    edits = sorted([*_numbers(shadow.text), *_codes(shadow.text), *_small(shadow.text)])
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return shadow.edited(kept), [shadow.original(e.start, e.end) for e in kept]


def _numbers(text: str) -> Iterator[Edit]:
    for found in _NUMBER.finditer(text):
        groups = _GROUP.findall(found.group())
        an_address = found["joint"] == "." and len(groups) == 4 and max(map(len, groups)) <= 3
        if 7 <= sum(map(len, groups)) <= 24 and not an_address:
            yield Edit(*found.span(), " ".join(groups))


def _codes(text: str) -> Iterator[Edit]:
    for found in _CODE.finditer(text):
        code = "".join(_GROUP.findall(found.group()))
        digits = sum(map(str.isdigit, code))
        if 7 <= len(code) <= 34 and 2 <= digits < len(code):
            yield Edit(*found.span(), code)
    for found in _PAIR.finditer(text):
        code = found.group().replace(" ", "")
        first = found.group().partition(" ")[0]  # one without a digit is a word
        if any(map(str.isdigit, first)) and not code.isdigit() and _of_the_catalogue(code):
            yield Edit(*found.span(), code)


def _of_the_catalogue(code: str) -> bool:
    return any(re.fullmatch(known["pattern"], code) for known in plans.codes())


def _small(text: str) -> Iterator[Edit]:
    for digits in _SMALL.finditer(text):
        window = text[max(0, digits.start() - 4) : digits.start()]
        if before := _SMALL_BEFORE.search(window):
            start = digits.start() - len(before.group())
            code = text[start : digits.end()]
            yield Edit(start, digits.end(), "".join(_GROUP.findall(code)).upper())
