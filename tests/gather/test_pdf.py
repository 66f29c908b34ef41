"""PDF: every sign kept, words whole, paragraphs apart, and what can not be read said so."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from uptake.gather import gather_document
from uptake.gather.extract import pdf
from uptake.model.evidence import Document
from uptake.model.issue import Issue

MakePdf = Callable[..., bytes]
Gather = Callable[..., tuple[Document, str]]
Refuse = Callable[..., Issue]

PAGE = (
    "The plan",
    "",
    "Kazakhstan plans a centre of data in",
    "Astana by 2026, said the ministry.",
)


def quotes(found: tuple[Document, str]) -> list[str]:
    return [found[1][p.start : p.end] for p in found[0].passages]


def test_lines_are_joined_and_paragraphs_parted(gather: Gather, make_pdf: MakePdf) -> None:
    second = ("", "It is the second one of its kind", "in the country.")
    found = gather("a.pdf", make_pdf((*PAGE, *second)))
    assert quotes(found) == [
        "The plan",
        "Kazakhstan plans a centre of data in Astana by 2026, said the ministry.",
        "It is the second one of its kind in the country.",
    ]
    assert found[0].extractor.startswith("pypdfium2 ")
    assert (found[0].language, found[0].places) == ("en", ("KAZ",))


@pytest.mark.parametrize(
    "line",
    [
        "Қазақстандағы жасанды интеллект: 46 пайыз",
        "O‘zbekiston Respublikasi va Qoraqalpog‘iston",
        "İstanbul, ığdır; Azərbaycan ə Ə; “26–30”",
        "Тоҷикистон ва Ӯзбекистон: ғ ӣ қ ӯ ҳ ҷ",
    ],
)
def test_every_sign_is_kept(gather: Gather, make_pdf: MakePdf, line: str) -> None:
    assert line in gather("a.pdf", make_pdf((line, *PAGE)))[1]


def test_words_parted_at_line_ends_are_whole_again(gather: Gather, make_pdf: MakePdf) -> None:
    page = (
        "The digital trans-", "formation of the country, its e-", "government, the town of Kara-",
        "Balta, a well-known one, and the well-", "known way of it.",
    )  # fmt: skip
    _, text = gather("a.pdf", make_pdf(page))
    flat = " ".join(text.split())
    assert flat == (
        "The digital transformation of the country, its e-government, the town of Kara-Balta, "
        "a well-known one, and the well-known way of it."
    )
    assert "\ufffe" not in text


def test_pages_are_parted_by_a_form_feed(gather: Gather, make_pdf: MakePdf) -> None:
    found = gather("a.pdf", make_pdf(PAGE, ("Another page of the plan",)))
    assert found[1].count("\f") == 1
    assert quotes(found)[-1] == "Another page of the plan"


def test_a_title_is_the_stated_one_unless_a_program_wrote_its_file_name(
    gather: Gather, make_pdf: MakePdf
) -> None:
    assert gather("a.pdf", make_pdf(PAGE, title="Жоспар"))[0].title == "Жоспар"
    for junk in ("", "Microsoft Word - plan_v3.docx", "plan_final.indd", "Untitled"):
        assert gather("a.pdf", make_pdf(PAGE, title=junk))[0].title == "The plan"


def test_the_files_date_is_not_the_documents(gather: Gather, make_pdf: MakePdf) -> None:
    found, _ = gather("a.pdf", make_pdf(PAGE, created="D:20250102030405Z"))
    assert found.date is None
    dated = make_pdf(("The plan", "", "Astana, 3 October 2025", "", *PAGE[2:]))
    assert gather("b.pdf", dated)[0].date == "2025-10-03"


def test_an_encrypted_file_is_an_issue(refuse: Refuse, make_pdf: MakePdf) -> None:
    key = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -1 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
        b"41" * 32,
        b"42" * 32,
    )
    assert refuse("a.pdf", make_pdf(PAGE, trailer=key)).code == "document-encrypted"


def test_a_scan_is_an_issue_that_says_what_to_do(refuse: Refuse, make_pdf: MakePdf) -> None:
    issue = refuse("a.pdf", make_pdf((), (), ()))
    assert issue.code == "document-without-text"
    assert "3 pages" in issue.detail
    assert refuse("b.pdf", make_pdf(("CamScan",), (), ())).code == "document-without-text"


def test_damaged_files_are_issues(refuse: Refuse, make_pdf: MakePdf) -> None:
    whole = make_pdf(PAGE)
    for data in (b"%PDF-1.7", whole[:200], whole[: len(whole) // 2].replace(b"obj", b"bjo")):
        assert refuse("a.pdf", data).code == "document-damaged"


def test_too_many_pages_are_an_issue(
    refuse: Refuse, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    assert refuse("a.pdf", make_pdf(PAGE, PAGE, PAGE)).code == "document-too-large"


def test_damage_anywhere_is_an_issue_or_a_document_never_an_error(
    tmp_path: Path, make_pdf: MakePdf
) -> None:
    random = Random(7)  # noqa: S311 (damage, not secrets)
    whole = make_pdf(PAGE, PAGE, title="Жоспар")
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(random.randint(1, 20)):
            at = random.randrange(len(data))
            if random.random() < 0.7:
                data[at] = random.randrange(256)
            else:
                del data[at : at + random.randint(1, 50)]
        path = tmp_path / "damaged.pdf"
        path.write_bytes(data)
        found = gather_document(path, name="damaged.pdf")
        if not isinstance(found, Issue):
            document, text = found
            assert text.encode()
            assert document.title.encode() == document.title.encode(errors="replace")


def test_a_title_that_is_no_text_is_left_out(gather: Gather, make_pdf: MakePdf) -> None:
    broken = make_pdf(PAGE, title="ab").replace(b"<feff00610062>", b"<feffd8000061>")
    assert gather("a.pdf", broken)[0].title == "The plan"
