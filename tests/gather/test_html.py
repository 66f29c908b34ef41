"""Pages: their main text, the date that their metadata state, and what is odd about pages."""

import time
from collections.abc import Callable

import pytest

from uptake.gather.extract import html
from uptake.model.evidence import Document
from uptake.model.issue import Issue

Gather = Callable[..., tuple[Document, str]]
Refuse = Callable[..., Issue]

TEXT = (
    "Kazakhstan plans to open a data centre in Astana next year, and the ministry of digital "
    "development said that it would be the largest one in the region so far."
)


LINKED = '<script type="application/ld+json">'


def page(head: str = "", body: str = f"<p>{TEXT}</p>") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>A plan | Site</title>{head}</head><body>"
        f"<nav>Home About us</nav><article><h1>A plan</h1>{body}</article>"
        "<footer>Copyright 2021</footer></body></html>"
    )


def test_the_main_text_is_kept_and_the_menu_is_not(gather: Gather) -> None:
    head = '<meta property="og:site_name" content="The Site">'
    head += '<link rel="canonical" href="https://example.org/plan">'
    document, text = gather("plan.html", page(head))
    assert TEXT in text
    assert "Home About" not in text
    assert (document.title, document.source.producer) == ("A plan", "The Site")
    assert document.source.url == "https://example.org/plan"
    assert document.extractor.startswith("trafilatura ")
    assert document.places == ("KAZ",)
    assert [text[p.start : p.end] for p in document.passages] == ["A plan", TEXT]


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2025-10-03T09:00+05:00">', "2025-10-03"),
        ('<meta name="citation_publication_date" content="2025-10">', "2025-10"),
        (f'{LINKED}[{{"datePublished": "2024-05-06"}}]</script>', "2024-05-06"),
        (f'{LINKED}{{"@graph": [{{"datePublished": "2024-05-06T01Z"}}]}}</script>', "2024-05-06"),
        ('<meta property="article:modified_time" content="2025-10-03">', None),
        ('<meta name="date" content="yesterday">', None),
        (f"{LINKED}{{not json</script>", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_date_is_the_one_of_publication_in_the_metadata(
    gather: Gather, head: str, date: str | None
) -> None:
    """The page's footer says 2021 and its text speaks of next year: neither is its date."""
    assert gather("plan.html", page(head))[0].date == date


def test_a_date_in_microdata_or_a_dateline_counts(gather: Gather) -> None:
    marked = f'<time itemprop="datePublished" datetime="2025-10-03">3 October</time><p>{TEXT}</p>'
    assert gather("a.html", page(body=marked))[0].date == "2025-10-03"
    line = f"<p>ASTANA, October 3, 2025 – {TEXT}</p>"
    assert gather("b.html", page(body=line))[0].date == "2025-10-03"
    other = f'<p>{TEXT}</p><aside><time datetime="2020-01-01">old news</time></aside>'
    assert gather("c.html", page(body=other))[0].date is None


def test_encodings_are_those_declared_unless_the_bytes_are_utf_8(gather: Gather) -> None:
    body = (
        "<p>Казахстан строит центр данных в Астане, и министерство сообщает, что он будет готов "
        "через два года, но о цене его пока ничего не известно.</p>"
    )
    declared = page('<meta charset="windows-1251">', body)
    for data in (declared.encode("cp1251"), declared.encode(), declared.encode("utf-16")):
        document, text = gather("a.html", data)
        assert "Казахстан строит" in text
        assert document.language == "ru"


@pytest.mark.parametrize("named", ["utf-8", "iso-8859-1", "koi8-r", "no-such"])
def test_a_wrong_declaration_is_an_issue(refuse: Refuse, named: str) -> None:
    body = "<p>Казахстан строит центр данных в Астане, и министерство сообщает об этом.</p>"
    data = page(f'<meta charset="{named}">', body).encode("cp1251")
    assert refuse("a.html", data).code == "document-encoding"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<html><body></body></html>", "document-without-text"),
        (
            "<html><body><script>var text = 'Kazakhstan'</script></body></html>",
            "document-without-text",
        ),
        ("<html><body><form><input value='x'></form></body></html>", "document-without-text"),
        ("<html><body>\x00</body></html>", "document-format"),
    ],
)
def test_a_page_without_text_is_an_issue(refuse: Refuse, body: str, code: str) -> None:
    assert refuse("a.html", body).code == code


def test_fifty_megabytes_are_refused(refuse: Refuse) -> None:
    data = b"<html><body>" + b"<p>Kazakhstan</p>" * 3_000_000
    assert len(data) > 50_000_000
    issue = refuse("a.html", data)
    assert issue.code == "document-too-large"


def test_a_page_of_many_elements_takes_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    body = "".join(f"<p>Kazakhstan has the number <b>{n}</b>.</p>" for n in range(15_000))
    start = time.perf_counter()
    found = html.extract(page(body=body).encode(), "")
    assert time.perf_counter() - start < 10
    assert found.extractor.startswith("lxml ")
    assert found.text.startswith("A plan\n\nKazakhstan has the number 0.\n\nKazakhstan")
    assert "number 14999." in found.text


@pytest.mark.parametrize("depth", [300, 2_000, 5_000, 100_000])
def test_nesting_hides_no_text(gather: Gather, depth: int) -> None:
    nested = "<div>" * depth + f"<p>{TEXT}</p><script>var x</script>" + "</div>" * depth
    start = time.process_time()
    _, text = gather("a.html", f"<html><body><nav>Menu</nav>{nested}<p>End</p></body></html>")
    assert time.process_time() - start < 10
    assert text.split("\n\n")[0] == TEXT
    assert "Menu" not in text
    assert "var x" not in text


def test_a_page_with_the_text_of_a_library_is_an_issue_within_seconds(refuse: Refuse) -> None:
    data = f"<html><body>{''.join(f'<p>{n}. {TEXT}</p>' for n in range(30_000))}</body></html>"
    start = time.process_time()
    issue = refuse("a.html", data)
    assert time.process_time() - start < 10
    assert issue.code == "document-too-large"
    assert "signs of text" in issue.detail


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,<p>x", "file:///etc/passwd"]
)
def test_only_addresses_of_the_web_are_kept(gather: Gather, url: str) -> None:
    head = f'<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">'
    assert gather("a.html", page(head))[0].source.url == ""
    beside = f'[source]\nurl = "{url}"\n'
    assert gather("b.html", page(), beside)[0].source.url == ""


def test_references_to_no_character_give_storable_text(gather: Gather) -> None:
    _, text = gather("a.html", page(body="<p>Kazakhstan &#xD800;&#0; plans it &ndash; now</p>"))
    assert text.encode()
    assert "plans it – now" in text


def test_a_fragment_and_a_page_in_xml_are_read(gather: Gather) -> None:
    assert gather("a.html", "<p>Hello <b>Kazakhstan</b> in the morning</p>")[1].strip() == (
        "Hello Kazakhstan in the morning"
    )
    xml = '<?xml version="1.0" encoding="windows-1251"?>' + page()
    assert TEXT in gather("b.xhtml", xml)[1]


def test_rows_of_a_table_stay_together(gather: Gather) -> None:
    table = (
        "<table><tr><th>Menu</th><th>Contacts</th></tr><tr><td>Home</td><td>Us</td></tr></table>"
    )
    document, text = gather("a.html", page(body=f"<p>{TEXT}</p>{table}<p>{TEXT[::-1]}</p>"))
    rows = [q for p in document.passages if (q := text[p.start : p.end]).startswith("|")]
    assert rows == ["| Menu | Contacts | \n| Home | Us |"]
