"""Write an identifier as people do who want it understood and not found."""

import random
from collections.abc import Callable, Mapping

Words = Mapping[str, list[str]]
Disguise = Callable[[random.Random, str, Words], str]

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_SCRIPTS = {
    "fullwidth": 0xFF10,
    "arabic": 0x0660,
    "persian": 0x06F0,
    "bold": 0x1D7CE,
    "mono": 0x1D7F6,
}
# Letters of Cyrillic that look like Latin ones, and back.
_LOOK = dict(zip("ABCEHKMOPTXaceopxyi", "АВСЕНКМОРТХасеорхуі", strict=True))
_LEET = {"0": "oOоО", "1": "lI|", "3": "ЗзЗ", "5": "S", "6": "бб", "8": "B", "4": "ч"}


def bare(value: str) -> str:
    """Leave letters and digits only."""
    return "".join(c for c in value if c.isalnum())


def _script(name: str) -> Disguise:
    start = _SCRIPTS[name]
    return lambda _rng, value, _words: "".join(
        chr(start + int(c)) if c in "0123456789" else c for c in value
    )


def _joined(glue: tuple[str, ...]) -> Disguise:
    def write(rng: random.Random, value: str, _words: Words) -> str:
        sign = "+" if value.startswith("+") else ""
        return sign + rng.choice(glue).join(bare(value))

    return write


def _grouped(glue: tuple[str, ...]) -> Disguise:
    def write(rng: random.Random, value: str, _words: Words) -> str:
        sign, rest, parts = "+" if value.startswith("+") else "", bare(value), []
        while rest:
            size = rng.choice((2, 3, 4))
            size = len(rest) if len(rest) - size < 2 else size
            parts.append(rest[:size])
            rest = rest[size:]
        return sign + rng.choice(glue).join(parts)

    return write


def _hidden(rng: random.Random, value: str, _words: Words) -> str:
    sign = rng.choice(ZERO_WIDTH)
    every = rng.choice((1, 2, 3))
    return "".join(
        c + (sign if i % every == 0 and i < len(value) - 1 else "") for i, c in enumerate(value)
    )


def _wide(_rng: random.Random, value: str, _words: Words) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in value)


def _keycaps(_rng: random.Random, value: str, _words: Words) -> str:
    return "".join(c + "\ufe0f\u20e3" if c in "0123456789" else c for c in value)


def _leet(rng: random.Random, value: str, _words: Words) -> str:
    kinds = [c for c in _LEET if c in value]
    for c in rng.sample(kinds, min(len(kinds), 2)):
        value = value.replace(c, rng.choice(_LEET[c]))
    return value


def lookalike(rng: random.Random, value: str, _words: Words) -> str:
    """Write some Latin letters in Cyrillic."""
    return "".join(_LOOK[c] if c in _LOOK and rng.random() < 0.7 else c for c in value)


def _spoken(_rng: random.Random, value: str, words: Words) -> str:
    said = [words["plus"][0]] if value.startswith("+") else []
    return " ".join([*said, *(words["digits"][int(c)] if c.isdigit() else c for c in bare(value))])


def _number(group: str, words: Words) -> str:
    """Say a group of up to three digits as one number, its leading zeros first."""
    said = []
    while group.startswith("0"):
        said.append(words["digits"][0])
        group = group[1:]
    if len(group) == 3:
        said.append(words["hundreds"][int(group[0])])
        group = group[1:].lstrip("0")
    if len(group) == 2 and group[0] == "1" and "teens" in words:
        said.append(words["teens"][int(group[1])])
        group = ""
    elif len(group) == 2:
        said.append(words["tens"][int(group[0])])
        group = group[1:].lstrip("0")
    if group:
        said.append(words["digits"][int(group)])
    return " ".join(said)


def _counted(_rng: random.Random, value: str, words: Words) -> str:
    said = [words["plus"][0]] if value.startswith("+") else []
    for group in value.replace("+", "").replace("-", " ").split():
        said += [_number(group[i : i + 3], words) for i in range(0, len(group), 3)]
    return " ".join(said)


def _mixed(rng: random.Random, value: str, words: Words) -> str:
    parts = value.replace("+", "").split()
    if len(parts) < 2:
        parts = [value[i : i + 3] for i in range(0, len(value), 3)]
    pick = rng.randrange(len(parts))
    if parts[pick].isdigit():
        parts[pick] = " ".join(words["digits"][int(c)] for c in parts[pick])
    return ("+" if value.startswith("+") and pick else "") + " ".join(parts)


def _lines(_rng: random.Random, value: str, _words: Words) -> str:
    text = bare(value)
    return "\n".join(text[i : i + 4] for i in range(0, len(text), 4))


def plain(_rng: random.Random, value: str, _words: Words) -> str:
    """Write it as it is."""
    return value


NUMBERS: dict[str, Disguise] = {
    "plain": plain,
    "solid": lambda _rng, value, _words: ("+" if value.startswith("+") else "") + bare(value),
    "spaced": _joined((" ", "  ")),
    "joined": _joined((".", "-", "_", ",", "/", " - ", "*")),
    "grouped": _grouped((" ", "-", ".", "  ", "/", ")(", "_", "\u00a0", "\u2009")),
    "hidden": _hidden,
    "fullwidth": _script("fullwidth"),
    "arabic": _script("arabic"),
    "persian": _script("persian"),
    "bold": _script("bold"),
    "mono": _script("mono"),
    "keycaps": _keycaps,
    "leet": _leet,
    "spoken": _spoken,
    "counted": _counted,
    "mixed": _mixed,
    "lines": _lines,
}


def _said(rng: random.Random, value: str, words: Words) -> str:
    at, dot = f" {rng.choice(words['at'])} ", f" {rng.choice(words['dot'])} "
    slash, line = f" {rng.choice(words['slash'])} ", f" {rng.choice(words['underscore'])} "
    value = value.removeprefix("https://").replace("_", line)
    return value.replace("@", at).replace(".", dot).replace("/", slash).strip()


def _english(rng: random.Random, value: str, _words: Words) -> str:
    at = rng.choice([" at ", "(at)", " [at] ", " AT ", "{at}", "<at>", " (a) "])
    dot = rng.choice([" dot ", "(dot)", " [dot] ", " DOT ", "[.]", " . "])
    head, sep, tail = value.removeprefix("https://").rpartition("@")
    return (head + at if sep else "") + tail.replace(".", dot)


def _apart(rng: random.Random, value: str, _words: Words) -> str:
    return (
        value.replace("@", rng.choice([" @ ", "@ ", " @"]))
        .replace("/", rng.choice(["/", " / "]))
        .strip()
    )


ADDRESSES: dict[str, Disguise] = {
    "plain": plain,
    "said": _said,
    "said again": _said,
    "english": _english,
    "apart": _apart,
    "lookalike": lookalike,
    "hidden": _hidden,
    "fullwidth": _wide,
    "capitals": lambda _rng, value, _words: value.upper(),
    "stretched": lambda _rng, value, _words: " ".join(value.removeprefix("https://")),
}


def _o_for_zero(rng: random.Random, value: str, words: Words) -> str:
    return value.replace("0", rng.choice("OО")) if "0" in value else lookalike(rng, value, words)


CODES: dict[str, Disguise] = {
    "plain": plain,
    "solid": lambda _rng, value, _words: value.replace(" ", ""),
    "spaced": lambda _rng, value, _words: " ".join(value.replace(" ", "")),
    "lower": lambda _rng, value, _words: value.lower(),
    "lookalike": lookalike,
    "hidden": _hidden,
    "fullwidth": _wide,
    "dashed": lambda rng, value, _words: (
        rng.choice(["-", ".", "_", " - "]).join(value.split())
        if " " in value
        else value[:2] + rng.choice(["-", " ", "."]) + value[2:]
    ),
    "arabic": _script("arabic"),
    "bold": _script("bold"),
    "leet": _o_for_zero,
    "keycaps": _keycaps,
}
