"""Whatever a document holds, its claims quote it, or there are none: no text stops a build."""

from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from uptake.gather import document_claims
from uptake.gather.passages import split
from uptake.gather.plain import plain
from uptake.model.evidence import Document, Source

LANGUAGES = ("en", "ru", "tr", "kk", "uz", "az", "ky", "other")
PIECES = (
    "¹²³ 5⁴", "٣٤ ۵", "½ of 3", "12 480", "1.740,5",
    "$96.5 million", "3,4 %-ə qədər", "1,5 trln soʻm",
    "2025 жылғы 26 қыркүйек", "к 2025 году", "2025'te", "from 6.8 percent to 3.1 percent",
    "respectively", "between 1,200 and 1,500", "Kazakhstan", "Ўзбекистон", "Bakıda", "министр",
    "nazir müavini Ramil Hüseynbəyli", "AI", "жасанды интеллект", "will be launched", "запущен",
    "“Ağıllı Yoxlama” sistemi", "[1]", "https://example.org/7", "No. 358-bis", "24th", "10-е место",
    "№ 3", "+7 717 255 01 14", "\n\n", "\r\n", "\n", ". ", ", ", "; ", "—", "(", ")", "«", "»", "’",
    "\u00a0", "\u00ad", "\ufeff", "\u202e", "İ", "ı", "ß", "ﬁ", "𝟗", "👍🏽",
    "e\u0301", "\x0c", "0" * 400,
    "1e999", "9" * 30 + " trillion", "00.00.0000", "31 February 2026", "Ⅲ квартал", "III квартал",
)  # fmt: skip

texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=25).map(" ".join)


def document(text: str, language: str, date: str | None) -> Document:
    source = Source(id="s", producer="p", title="t", url="", licence="", citation="")
    return Document(
        id="d", file="f.txt", sha256="", text_sha256="", extractor="text", title=text[:20],
        date=date, language=language, kind="document", source=source, places=(),
        passages=split(plain(text)),
    )  # fmt: skip


@settings(max_examples=300)
@given(texts, st.sampled_from(LANGUAGES), st.sampled_from([None, "2026-04-14", "2026-04", "2026"]))
@example("¹ Kazakhstan spent $5 million on AI in 2025.", "en", None)
def test_claims_quote_their_text_whatever_it_is(text: str, language: str, date: str | None) -> None:
    found = document_claims(document(text, language, date), text)
    for claim in found:
        assert text[claim.start : claim.end] == claim.quote != ""
        for spans in claim.evidence.values():
            for span in spans:
                assert 0 <= span.start <= span.end <= len(text)
    assert found == document_claims(document(text, language, date), text)
    assert len({claim.id for claim in found}) == len(found)


def test_the_claims_of_real_documents_are_all_verbatim(shared: Path) -> None:
    for path in sorted((shared / "data" / "documents" / "real").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for claim in document_claims(document(text, "en", None), text):
            assert text[claim.start : claim.end] == claim.quote
