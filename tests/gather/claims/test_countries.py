"""Which country a stretch is about, in texts of six languages."""

import pytest

from uptake.gather.claims import countries as module
from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.countries import countries
from uptake.gather.grammar.spans import Sentence


def read(text: str, language: str = "en", title: str = "") -> Analysis:
    """Return an analysis whose sentences end at a dot and a space, paragraphs at a line's end."""
    analysis = Analysis(text, language, None, title)
    found, start = [], 0
    for number, line in enumerate(text.split("\n")):
        at = start
        for part in line.split(". "):
            if part:
                found.append(Sentence(at, at + len(part), number, language))
            at += len(part) + 2
        start += len(line) + 1
    analysis.__dict__["sentences"] = tuple(found)
    return analysis


def about(text: str, stretch: str, language: str = "en") -> tuple[tuple[str, ...], str | None]:
    at = text.index(stretch)
    return countries(read(text, language), at, at + len(stretch))


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "Exports of Georgian firms grew", "GEO"),
        ("ru", "Армянские предприятия внедрили сервис", "ARM"),
        ("tr", "Gürcistan'daki okullarda kullanılıyor", "GEO"),
        ("kk", "Қырғызстандағы мектептердің үлесі", "KGZ"),
        ("uz", "Tojikistondagi maktablar ulushi", "TJK"),
        ("az", "Gürcüstandakı məktəblərin payı", "GEO"),
    ],
)
def test_a_name_or_demonym_in_the_stretch_is_explicit(language: str, text: str, code: str) -> None:
    assert about(text, text, language) == ((code,), "explicit")


def test_a_city_tells_its_country() -> None:
    assert about("Clinics in Batumi use it", "Clinics in Batumi use it") == (("GEO",), "place")


def test_the_sentence_then_the_paragraph_gives_the_context() -> None:
    text = "Armenia opened a centre and trained 300 people. It cost 2 million."
    assert about(text, "trained 300 people") == (("ARM",), "context")
    assert about(text, "It cost 2 million") == (("ARM",), "context")


def test_the_country_leans_on_the_one_named_last() -> None:
    text = (
        "Mongolia builds a network. Mongolia will add 40 sites.\n"
        "Georgia tests it. The country's trade with Armenia grew by 5 percent."
    )
    assert about(text, "The country's trade with Armenia grew") == (("GEO",), "context")


def test_a_lender_from_elsewhere_is_not_what_a_claim_is_about() -> None:
    text = (
        "Uzbekistan modernises its clinics. Uzbekistan has 40 of them. Uzbekistan pays half.\n"
        "The Japanese company Aoi Systems will invest 30 million dollars."
    )
    assert about(text, "will invest 30 million dollars") == (("UZB",), "context")


def test_the_place_of_the_dateline_yields_to_the_title() -> None:
    text = "Georgia and its schools\nBaku, 3 May 2026 – The course reached 40 percent of pupils"
    assert about(text, "The course reached 40 percent") == (("GEO",), "context")


def test_both_governments_are_the_two_named_together_last() -> None:
    text = "Armenia and Georgia met.\nThe two governments spent 3 million"
    assert about(text, "The two governments spent 3 million") == (("ARM", "GEO"), "context")


def test_without_any_place_there_is_no_country() -> None:
    assert about("The course reached 40 percent of pupils", "40 percent") == ((), None)


def test_a_long_document_is_read_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Analysis] = []
    original = module.Geography.__init__

    def counted(self: module.Geography, analysis: Analysis) -> None:
        reads.append(analysis)
        original(self, analysis)

    monkeypatch.setattr(module.Geography, "__init__", counted)
    analysis = read("Georgia spent 5 million. " * 50)
    for sentence in analysis.sentences:
        assert countries(analysis, sentence.start, sentence.end)[0] == ("GEO",)
    assert len(reads) == 1


@pytest.mark.parametrize(
    ("text", "language", "last"),
    [
        ("Kazakh startups raised $7 million in 2025. Chinese startups raised $400 million.", "en",
         ("CHN",)),
        ("Казахстанские стартапы привлекли $7 млн. Китайские стартапы привлекли $400 млн.", "ru",
         ("CHN",)),
    ],
)  # fmt: skip
def test_people_of_other_countries_are_theirs(
    text: str, language: str, last: tuple[str, ...]
) -> None:
    from uptake.gather.claims.indicator import indicators

    assert list(indicators(Analysis(text, language)))[-1].countries == last
