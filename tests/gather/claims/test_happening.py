"""Happenings in sentences of our own, read as of March 2026; hard negatives with them."""

import json
from pathlib import Path

import pytest

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.event import event

_ROWS = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("happenings.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
_TOLD = [row for row in _ROWS if row["type"]]
_NONE = [row for row in _ROWS if not row["type"]]
_DATE = "2026-03-10"


@pytest.mark.parametrize("row", _TOLD, ids=lambda row: f"{row['language']} {row['text'][:30]}")
def test_a_dated_or_placed_event_is_told_with_or_without_a_name(row: dict[str, str]) -> None:
    [claim] = event(Analysis(row["text"], row["language"], _DATE))
    assert (claim.fields["event_type"], claim.fields["place"]) == (row["type"], row["place"])
    assert (claim.fields["name"], claim.fields["start"]) == (row.get("name"), row["start"])
    assert row["text"][claim.start : claim.end] == claim.quote


@pytest.mark.parametrize("row", _NONE, ids=lambda row: f"{row['language']} {row['text'][:30]}")
def test_what_is_no_happening_makes_no_event(row: dict[str, str]) -> None:
    assert list(event(Analysis(row["text"], row["language"], _DATE))) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The hearing was held in Astana on 12 May."),
        ("ru", "Слушания прошли в Астане 12 мая."),
        ("tr", "Toplantı 12 Mayıs'ta Ankara'da yapıldı."),
        ("kk", "Отырыс 12 мамырда Астанада өтті."),
        ("uz", "Yig‘ilish 12-may kuni Toshkentda o‘tdi."),
        ("az", "İclas mayın 12-də Bakıda keçirilib."),
    ],
)
def test_a_day_whose_year_nobody_knows_is_none(language: str, text: str) -> None:
    [claim] = event(Analysis(text, language))
    assert claim.time is None
    assert claim.fields["start"] is None
    assert claim.fields["place"]


def test_a_language_without_these_words_has_no_such_event() -> None:
    assert list(event(Analysis("Жыйын 12-майда Бишкекте өттү.", "ky", _DATE))) == []
