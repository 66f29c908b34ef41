"""Patterns (RE2) for where an identifier may stand: necessary for the finders, not sufficient."""

import re
from collections.abc import Iterable
from functools import cache

from uptake.pseudonymise.masking import fold, plans, spoken

_GAPS = r" \t()№\x{a0}\x{2007}\x{2009}\x{200b}-\x{200d}\x{202f}\x{2060}\x{2010}-\x{2015}\x{2212}-"
_JOINT = r"(?:[._,/*|~\n]|\r\n|\)\(| [-.*/_|] )"


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words)))


def _class(characters: Iterable[str]) -> str:
    """Return a class of characters, runs of neighbours as ranges."""
    ranges: list[list[int]] = []
    for code in sorted(map(ord, set(characters))):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "[" + "".join(rf"\x{{{a:x}}}-\x{{{b:x}}}" for a, b in ranges) + "]"


@cache
def plain() -> str:
    """Return a pattern for identifiers as they are."""
    codes = _either(word for code in plans.codes() for word in code["triggers"])
    return "|".join(
        (
            rf"[0-9](?:[{_GAPS}]{{0,3}}[0-9]){{6}}",
            r"[0-9]{2}[A-Za-z]{2}[0-9]{5}",
            r"[@]|://|[Ww][Ww][Ww]\.|\.(?:me|com|ru|ME|COM|RU)/",
            rf"(?:^|[^\pL\pN_])(?:{codes})(?:$|[^\pL\pN_])",
            r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]",
            r":[0-9a-fA-F]{0,4}:[0-9a-fA-F]{0,4}:",
        )
    )


@cache
def characters() -> str:
    """Return a pattern for characters that stand for others, and for what is spread or joined."""
    variants = _class(chr(c) for c, to in fold.plain().items() if to.isalnum() or to in "@+./")
    alike = _class(fold.LATIN)
    capitals = _class(c for c in fold.LATIN if c.isupper())
    letters, either = _class(fold.DIGITS), _class([*fold.DIGITS, *"0123456789 ()-"])
    return "|".join(
        (
            variants,
            rf"[0-9A-Za-z@._+/:]{_unseen()}{{1,3}}[0-9A-Za-z@._+/:-]|[0-9]{_unseen()}",
            rf"[A-Za-z]{alike}|{alike}[A-Za-z]|[0-9]{capitals}[A-Z0-9]|{capitals}[0-9]{{2}}",
            rf"[0-9]{letters}{either}{{3}}|{letters}[0-9]{either}{{3}}|[0-9]{letters}{letters}|O[0-9]|[0-9]O",
            r"(?:^|\s)[\w@./:+-](?: [\w@./:+-]){5}",
        )
    )


@cache
def signs() -> str:
    """Return a pattern for signs in words."""
    said = plans.everywhere("spelled")
    at, unsure, dot, slash = (_either(said[key]) for key in ("at", "at_unsure", "dot", "slash"))
    line = _either(said["underscore"])
    ends, providers = _either(said["domains"]), _either(said["providers"])
    networks = _either(plans.everywhere("handle")["words"])
    near = rf"(?:^|[^\pL])(?:{networks})[^\s]{{0,4}}\s(?:[^\s]{{1,10}}\s)?"
    opened, closed = r"[(\[{<]\s?", r"\s?[)\]}>]"
    return "|".join(
        (
            rf"(?i:{opened}(?:{at}|{unsure}|@){closed}\s?[\w-]+\s?(?:[.(\[{{<]|{dot}))",
            rf"(?i:{opened}(?:{at}){closed}|{near}{opened}(?:{unsure}|@){closed})",
            rf"(?i:{opened}(?:{dot}|\.){closed}|\s\.\s(?:{ends})[^\pL])",
            rf"(?i:\.(?:{ends})\s(?:/|{slash}))",
            rf"@\s{{1,2}}[A-Za-z]|(?i:[a-z0-9]\s@[a-z0-9-]+\.(?:{ends}))",
            rf"(?i:\s(?:{dot})\s{{1,2}}(?:{ends}))",
            rf"(?i:(?:^|\s)(?:{at})\s{{1,2}}[a-z])",
            rf"(?i:\s(?:{unsure})\s{{1,2}}(?:{providers}))",
            rf"(?i:{near}(?:{unsure})\s{{1,2}}[a-z0-9]+(?:[_0-9]|\s{{1,2}}(?:{line})))",
        )
    )


def _spelt(words: Iterable[str]) -> str:
    return _either(words).replace("'", _class(spoken.APOSTROPHES)).replace("е", "[её]")


@cache
def numbers() -> str:
    """Return a pattern for three numbers in a row of which two are words, or one is a digit."""
    words = _spelt(w for w, known in spoken.number_words().items() if known.value < 1000)
    gap = r"[\s,.;:()/+\x{2010}-\x{2015}-]+"
    pair = rf"(?:{words}){gap}(?:{words})"
    return rf"(?i:(?:^|[\s,.;:()/+-]){pair}{gap}(?:{words}|[0-9])|[0-9]{gap}{pair})|{_a_digit()}"


@cache
def _a_digit() -> str:
    """Return a pattern for one digit in words beside others that are written."""
    words = _spelt(w for w, known in spoken.number_words().items() if known.value < 10)
    return rf"(?i:[0-9][ -](?:{words})(?:$|[^\pL])|(?:^|[ :])(?:{words})[ -][0-9]+[ -][0-9])"


@cache
def _unseen() -> str:
    return "[" + re.sub(r"[^-]", lambda m: rf"\x{{{ord(m.group()):x}}}", fold.UNSEEN) + "]"


@cache
def introductions() -> str:
    """Return a pattern for words with which people introduce themselves."""
    words = plans.everywhere("name")
    return rf"(?i:(?:^|[^\pL])(?:{_either([*words['introductions'], *words['openings']])})[^\pL])"


@cache
def joints() -> str:
    """Return a pattern for groups of digits with a sign between them."""
    code = r"[A-Z0-9] ?[-._] ?[0-9]{4}|[A-Z0-9]{2}[-._ ][A-Z0-9]{5}|[a-z]{1,2}[ -]?[0-9]{7}"
    return rf"[0-9]{_JOINT}[0-9]+{_JOINT}?[0-9]|{code}"


@cache
def announcing() -> str:
    """Return a pattern for joints near a word that announces a number, or that need none."""
    codes = (word for code in plans.codes() for word in code["triggers"])
    words = _either([*plans.words(), *plans.everywhere("phone")["any"], *codes])
    code = r"[A-Z0-9]{1,2}[0-9]?-[A-Z0-9]|[a-z]{1,2}[ -]?[0-9]{7}|[A-Z0-9]{1,6} [A-Z0-9]{1,6}"
    joint = rf"[A-Za-z0-9 ]{{1,12}}{_JOINT}[A-Z0-9]|{code}"
    return "|".join(
        (
            rf"(?i:(?:^|[^\pL])(?:{words}))[^0-9\n]{{0,40}}(?:{joint})",
            r"[A-Z]{2}[0-9]{2} ?[-._] ?[A-Z0-9]{2,4}",
            r"(?:[0-9]{2,6}[._/*|~]){3}[0-9]|(?:[0-9][._,/*|~]){13}|(?:[0-9]{4}[,\n]){3}[0-9]{4}",
            rf"\+[0-9]{{1,6}}{_JOINT}[0-9]",
        )
    )
