"""How often a name is associated with the other gender: counts by country, on lists not ours.

    pip install gender-guesser==0.4.0 faker==40.63.0 mimesis==22.2.0
    python benchmarks/gender_association.py [--raven FOLDER] [--out FILE]

Reads name lists that ship with other packages, asks ``gender_of`` for each name as a person of the
country would be asked, and writes counts of (gender in the list) x (association). No row of a list
enters the project, only these counts. Each list is measured on its own; a name that a list gives to
both genders counts in both rows.
"""

import argparse
import json
import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import import_module, metadata
from importlib.resources import files
from pathlib import Path
from typing import cast

from uptake.pseudonymise import gender_of
from uptake.pseudonymise.spelling import tokens

FEMININE, MASCULINE = "feminine", "masculine"
GENDERS = (FEMININE, MASCULINE)
ANSWERS = (*GENDERS, "unknown")
SEED = 20261130


@dataclass(frozen=True)
class Name:
    gender: str
    given: str
    family: str | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Source:
    """A list: what it is, and for which places it is read in which part."""

    id: str
    package: str
    licence: str
    note: str
    parts: dict[str, str]


SOURCES = (
    Source(
        "nam_dict",
        "gender-guesser",
        "GNU Free Documentation License 1.2",
        "nam_dict.txt of Joerg Michael, 2008: names classified by native speakers, with "
        "frequencies on a scale of base 2, by which they are weighted; n is Kish's effective "
        "number. A unisex name counts half for women and half for men, one said to be mostly "
        "theirs three quarters (our assumption). One column sums up Kazakhstan, Kyrgyzstan, "
        "Tajikistan, Turkmenistan and Uzbekistan. It has no family names: in `full` those of the "
        "other lists.",
        {"AZE": "azerbaijan", "RUS": "russia", "TUR": "turkey", "stans": "the_stans"},
    ),
    Source(
        "faker",
        "faker",
        "MIT",
        "Name lists of a generator of test data, not weighted.",
        {"AZE": "az_AZ", "RUS": "ru_RU", "TUR": "tr_TR", "UZB": "uz_UZ"},
    ),
    Source(
        "mimesis",
        "mimesis",
        "MIT",
        "Name lists of a generator of test data, not weighted.",
        {"AZE": "az", "KAZ": "kk", "RUS": "ru", "TUR": "tr"},
    ),
    Source(
        "raven",
        "",
        "none stated: local tests only",
        "github.com/Raven-SL/ru-pnames-list: given names of the Russian calendar, most of them "
        "borne by nobody today, not weighted. For comparison only.",
        {"RUS": ""},
    ),
)

LISTS = {
    "AZE": ("AZE",),
    "KAZ": ("KAZ", "stans"),
    "KGZ": ("stans", "KAZ", "UZB"),
    "RUS": ("RUS",),
    "TJK": ("stans", "KAZ", "UZB"),
    "TKM": ("stans", "KAZ", "UZB"),
    "TUR": ("TUR",),
    "UZB": ("UZB", "stans"),
}
"""Whose names a country is measured on; where not its own alone, the row says ``pooled``."""

WOMEN = {"F": 1.0, "M": 0.0, "?": 0.5, "?F": 0.75, "1F": 0.75, "?M": 0.25, "1M": 0.25}
"""Share of women among those who bear a name, by the mark of nam_dict.txt."""


def nam_dict(part: str) -> Iterator[Name]:
    detector = import_module("gender_guesser.detector")
    column = 30 + detector.Detector.COUNTRIES.index(part)
    folder = Path(str(detector.__file__)).parent
    for line in (folder / "data" / "nam_dict.txt").read_text("utf-8").splitlines():
        kind, known = line[:2].strip(), line[column : column + 1].strip(" $")
        if line[:1] in "#=" or line[29:30] == "+" or not known:
            continue
        given, weight = line[3:29].strip().replace("+", "-"), 2.0 ** int(known, 16)
        for gender, share in ((FEMININE, WOMEN[kind]), (MASCULINE, 1 - WOMEN[kind])):
            if share:
                yield Name(gender, given, weight=weight * share)


def faker(part: str) -> Iterator[Name]:
    provider = import_module(f"faker.providers.person.{part}").Provider
    for gender, word in ((FEMININE, "female"), (MASCULINE, "male")):
        families = list(getattr(provider, f"last_names_{word}", provider.last_names))
        yield from _paired(gender, list(getattr(provider, f"first_names_{word}")), families)


def mimesis(part: str) -> Iterator[Name]:
    listed = json.loads((files("mimesis") / f"datasets/{part}/person.json").read_text("utf-8"))
    for gender, word in ((FEMININE, "female"), (MASCULINE, "male")):
        families = listed["surnames"]
        families = families[word] if isinstance(families, dict) else families
        yield from _paired(gender, listed["names"][word], families)


def raven(folder: Path) -> Iterator[Name]:
    for gender, word in ((FEMININE, "female"), (MASCULINE, "male")):
        for line in (folder / f"{word}_names_rus.txt").read_text("utf-8").splitlines():
            if line.strip():
                yield Name(gender, line.strip())


def _paired(gender: str, given: list[str], families: list[str]) -> Iterator[Name]:
    """Give each given name a family name of the same gender, always the same one."""
    rng = random.Random(SEED)
    for name in sorted(set(given)):
        yield Name(gender, name, rng.choice(sorted(families)))


def counted(names: Iterable[Name], place: str, *, full: bool) -> dict[str, list[float]]:
    """Return counts by gender in the list and answer; of weighted names the effective ones."""
    met = {gender: dict.fromkeys(ANSWERS, 0.0) for gender in GENDERS}
    squares = dict.fromkeys(GENDERS, 0.0)
    for name in names:
        answer = gender_of(None, name.given, name.family if full else None, place)
        met[name.gender][answer] += name.weight
        squares[name.gender] += name.weight**2
    out = {}
    for gender, row in met.items():
        total = math.fsum(row.values())
        scale = total / squares[gender] if total else 0.0
        out[gender] = [round(row[answer] * scale, 1) for answer in ANSWERS]
    return out


def measured(lists: dict[tuple[str, str], list[Name]]) -> Iterator[dict[str, object]]:
    for place, parts in LISTS.items():
        read = {key: names for key, names in lists.items() if key[1] in parts}
        named = [name for names in read.values() for name in names if name.family]
        families = {g: sorted({n.family or "" for n in named if n.gender == g}) for g in GENDERS}
        for case in ("given", "full"):
            for (source, part), names in read.items():
                if case == "full" and source == "raven":
                    continue
                rng = random.Random(SEED)
                called = [
                    n if n.family else replace(n, family=rng.choice(families[n.gender]))
                    for n in names
                ]
                yield {
                    "place": place,
                    "case": case,
                    "reference": source if part == place else f"{source} {part}",
                    "pooled": part != place,
                    "weighted": source == "nam_dict",
                    "used": source != "raven",
                    "names": len(names),
                    **counted(called, place, full=case == "full"),
                }


def read_lists(raven_folder: Path | None) -> dict[tuple[str, str], list[Name]]:
    readers = {"nam_dict": nam_dict, "faker": faker, "mimesis": mimesis}
    lists = {}
    for source in SOURCES:
        for place, part in source.parts.items():
            if source.id == "raven":
                names = list(raven(raven_folder)) if raven_folder else []
            else:
                names = list(readers[source.id](part))
            names = [name for name in names if tokens(name.given)]
            if names:
                lists[source.id, place] = names
    return lists


def written(rows: list[dict[str, object]]) -> str:
    lines = [
        "# How often a name is associated with the other gender, counted on lists not ours.",
        "# By benchmarks/gender_association.py; see docs/explanation/gender-association.md.",
        "# Rows: names of women (men) in the list -> associated feminine, masculine, unknown.",
        "# `full`: with a family name of the same gender. `pooled`: names of neighbours too.",
        "# `weighted`: by frequency, so that a row stands for people and not for names.",
        "# `used`: enters the correction.",
        f'measured = "{datetime.now(tz=UTC):%Y-%m-%d}"',
    ]
    for source in SOURCES:
        version = metadata.version(source.package) if source.package else ""
        lines += [
            "",
            "[[references]]",
            f'id = "{source.id}"',
            f'package = "{source.package}{"==" if version else ""}{version}"',
            f'licence = "{source.licence}"',
            f'note = "{source.note}"',
        ]
    for row in rows:
        lines += ["", "[[counts]]"]
        lines += [f"{key} = {json.dumps(value)}" for key, value in row.items()]
    return "\n".join(lines) + "\n"


def _percent(counts: list[float]) -> list[float]:
    return [100 * count / max(1e-9, math.fsum(counts)) for count in counts]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raven", type=Path, help="folder of ru-pnames-list, if it is there")
    parser.add_argument("--out", type=Path, help="errors.toml to write")
    arguments = parser.parse_args()
    rows = list(measured(read_lists(arguments.raven)))
    print(f"{'place case reference':<28} {'names':>6}  women: F M unknown, men: F M unknown (%)")
    for row in rows:
        shares = [_percent(cast("list[float]", row[gender])) for gender in GENDERS]
        title = f"{row['place']} {row['case']} {row['reference']}"
        cells = "  ".join(" ".join(f"{n:5.1f}" for n in share) for share in shares)
        print(f"{title:<28} {row['names']:>6}  {cells} {'' if row['used'] else '(not used)'}")
    if arguments.out:
        arguments.out.write_text(written(rows), "utf-8")


if __name__ == "__main__":
    main()
