"""Endnotes of texts of our own invention."""

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.source_ref import source_ref

TEXT = (
    "Exports grew.[i]\n\nNotes\n"
    "[i] “Trade Review”, Steppe Institute, https://steppe.example/review, (Accessed: 12.02.2026).\n"
    "[ii] Ibıd.\n"
    "[iii] Joint communiqué, Tashkent, 5 February 2026."
)


def test_notes_are_read_part_by_part() -> None:
    first, second, third = source_ref(Analysis(TEXT, "en"))
    assert first.fields == {
        "marker": "[i]",
        "title": "Trade Review",
        "publisher": "Steppe Institute",
        "url": "https://steppe.example/review",
        "accessed": "12.02.2026",
        "resolves_to": None,
    }
    assert second.fields["resolves_to"] == "[i]"
    assert second.fields["title"] is None
    assert third.fields["title"] == "Joint communiqué, Tashkent, 5 February 2026"
    assert third.fields["accessed"] is None


def test_a_text_without_notes_has_none() -> None:
    assert list(source_ref(Analysis("Exports grew [sic] in 2025.", "en"))) == []
