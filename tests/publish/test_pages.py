"""Every page is well-formed, readable without eyes, loads nothing from elsewhere, and honest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from uptake.model.release import Release
from uptake.publish import OUTPUTS, Edition

VOID = {"meta", "link", "br", "img", "hr", "input"}
LOADING = {("img", "src"), ("script", "src"), ("link", "href"), ("image", "href"), ("use", "href"),
           ("iframe", "src"), ("source", "src"), ("object", "data"), ("embed", "src")}  # fmt: skip


@dataclass
class Node:
    tag: str
    attributes: dict[str, str]
    parent: "Node | None"
    children: list["Node"] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, tag: str) -> list["Node"]:
        return [node for node in self.walk() if node.tag == tag]

    def said(self) -> str:
        parts = [*self.text, *(child.said() for child in self.children)]
        return " ".join(" ".join(parts).split())


class Strict(HTMLParser):
    """Builds a tree and refuses an end tag that closes something else."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {}, None)
        self.at = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> states an attribute twice"
        node = Node(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.at.tag, f"</{tag}> closes <{self.at.tag}>"
        assert self.at.parent is not None
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.text.append(data)


def parsed(path: Path) -> Node:
    parser = Strict()
    parser.feed(path.read_text(encoding="utf-8"))
    parser.close()
    assert parser.at is parser.root, f"<{parser.at.tag}> is never closed"
    return parser.root


@pytest.fixture(scope="module")
def pages(site: Path, report: Path) -> dict[str, Node]:
    found = {p.relative_to(site).as_posix(): parsed(p) for p in sorted(site.rglob("*.html"))}
    return found | {"report": parsed(report / "index.html")}


def test_the_site_has_a_page_for_each_question_and_each_place(pages: dict[str, Node]) -> None:
    assert set(pages) == {
        "index.html", "usage.html", "indicators.html", "evidence.html", "methods.html",
        "downloads.html", "over-time.html", "targets.html", "places/kaz.html", "places/tkm.html",
        "report",
        *(f"documents/{number:016x}.html" for number in range(1, 7)),
    }  # fmt: skip


def test_each_page_says_its_language_title_heading_and_landmarks(pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        assert page.all("html")[0].attributes["lang"] == "en", name
        assert page.all("title")[0].said(), name
        assert len(page.all("h1")) == 1, name
        assert len(page.all("main")) == len(page.all("footer")) == 1, name
        assert page.all("header"), name
        skip = page.all("a")[0]
        assert skip.attributes["href"] == "#content", name
        assert any(node.attributes.get("id") == "content" for node in page.walk()), name
        for nav in page.all("nav"):
            assert nav.attributes.get("aria-label"), name


def test_headings_go_down_one_step_at_a_time(pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        levels = [int(n.tag[1]) for n in page.walk() if re.fullmatch("h[1-6]", n.tag)]
        for before, after in pairwise(levels):
            assert after <= before + 1, (name, levels)


def test_ids_are_unique_and_what_labels_refer_to_exists(pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        ids = [n.attributes["id"] for n in page.walk() if "id" in n.attributes]
        assert len(ids) == len(set(ids)), name
        for node in page.walk():
            labelled = node.attributes.get("aria-labelledby")
            assert labelled is None or labelled in ids, (name, labelled)


def test_each_drawing_says_what_it_shows(pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        for drawing in (*page.all("svg"), *page.all("img")):
            said = drawing.attributes.get("aria-label") or drawing.attributes.get("alt")
            assert said, name
            assert len(said) > 10, name
            assert drawing.attributes.get("role") == "img", name


def test_each_table_has_a_caption_and_headings_with_their_scope(pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        for table in page.all("table"):
            assert table.all("caption")[0].said(), name
            assert all(th.attributes.get("scope") in {"col", "row"} for th in table.all("th")), name
            widths = {len(row.children) for row in table.all("tr")}
            assert len(widths) == 1, (name, table.all("caption")[0].said(), widths)
        for region in page.walk():
            if region.attributes.get("class") == "scroll":
                assert region.attributes["tabindex"] == "0", "a keyboard must reach it"


def test_each_figure_has_a_table_a_source_and_an_n(pages: dict[str, Node]) -> None:
    met = 0
    for name, page in pages.items():
        for figure in page.all("figure"):
            met += 1
            assert figure.all("svg"), name
            assert figure.all("table"), name
            caption = figure.all("figcaption")[0].said()
            assert "Source" in caption, name
            assert "n = " in caption or "Bureau of" in caption or "table of indicators" in caption
    assert met > 40


def test_the_numbers_drawn_stand_in_the_table_below(pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        for figure in page.all("figure"):
            cells = " ".join(cell.said() for cell in figure.all("td"))
            table = set(re.findall(r"[<>]?[\d.]+%", cells))
            for svg in figure.all("svg"):
                words = [n.said() for n in svg.all("text")]
                drawn = {w for w in words if re.fullmatch(r"[<>]?[\d.]+%", w)}
                said = set(re.findall(r"[<>]?[\d.]+%", svg.attributes["aria-label"]))
                axis = {f"{tick}%" for tick in (*range(0, 101, 5), *range(20))}
                legend = {w for w in words if "map" in figure.attributes["id"]}
                assert drawn - axis - legend <= table, (name, figure.attributes["id"])
                assert said <= table, (name, figure.attributes["id"])


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, Node], site: Path) -> None:
    for name, page in pages.items():
        for node in page.walk():
            assert node.tag != "script", name
            for attribute, value in node.attributes.items():
                assert not attribute.startswith("on"), (name, attribute)
                if (node.tag, attribute) in LOADING:
                    assert not re.match(r"(?i)(?:[a-z]+:)?//|data:", value), (name, value)
            href = node.attributes.get("href", "")
            assert not re.match(r"(?i)\s*(?:javascript|data|vbscript):", href), (name, href)
    css = (site / "style.css").read_text(encoding="utf-8")
    assert "url(" not in css
    assert "@import" not in css
    for drawing in (site / "charts").glob("*.svg"):
        text = drawing.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?://|<script|<image|<foreignObject", text), drawing.name


def test_internal_links_lead_somewhere(site: Path, pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        if name == "report":
            continue
        for node in page.walk():
            href = node.attributes.get("href")
            if href is None or re.match("https?:", href):
                continue
            path, _, anchor = href.partition("#")
            target = (site / name).parent / path if path else site / name
            assert target.is_file(), (name, href)
            if anchor:
                there = pages[target.resolve().relative_to(site.resolve()).as_posix()]
                assert any(n.attributes.get("id") == anchor for n in there.walk()), (name, href)


def test_a_report_is_one_page_without_other_files(report: Path, pages: dict[str, Node]) -> None:
    assert sorted(p.name for p in report.iterdir()) == ["index.html", "report.json"]
    hrefs = {n.attributes["href"] for n in pages["report"].walk() if "href" in n.attributes}
    assert {h for h in hrefs if not h.startswith("#")} == {"index.html", "report.json"}


def test_hostile_strings_stay_text(
    pages: dict[str, Node], site: Path, hostile: str, formula: str
) -> None:
    text = "".join(p.read_text(encoding="utf-8") for p in site.rglob("*.html"))
    assert "<script" not in text
    assert "<img" not in text
    assert "onerror" not in re.sub(r"&lt;.*?&gt;", "", text)
    assert any(hostile in n.said() for n in pages["methods.html"].all("li"))
    assert any(formula in n.said() for n in pages["downloads.html"].all("li"))


def test_each_page_and_file_carries_the_synthetic_notice(site: Path, release: Release) -> None:
    for path in sorted(site.rglob("*")):
        if path.suffix in {".html", ".json", ".svg"}:
            text = path.read_text(encoding="utf-8").lower()
            assert release.synthetic in text, path.name
        elif path.suffix == ".csv":
            head, *rows = path.read_text(encoding="utf-8").splitlines()
            assert head.endswith(",notice"), path.name
            assert rows, path.name
            assert release.synthetic in rows[0], path.name
        elif path.suffix == ".parquet":
            assert release.synthetic.encode() in path.read_bytes(), path.name


def test_each_page_of_an_internal_release_says_so(pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        said = page.said()
        assert "Internal mode." in said, name
        assert "closed use" in said, name
        assert "no differential privacy" in said, name


def test_a_page_of_real_data_in_public_mode_bears_no_notice(bare: Release, tmp_path: Path) -> None:
    from dataclasses import replace

    OUTPUTS["report"](Edition(replace(bare, mode="public")), tmp_path)
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "nternal mode" not in text
    assert "synthetic" not in text.split("</style>")[1]


def test_the_three_marks_stand_apart_and_in_a_legend(pages: dict[str, Node]) -> None:
    said = pages["places/tkm.html"].said()
    assert "[c] withheld" in said
    assert "0% (0–" in pages["usage.html"].said()
    for name, page in pages.items():
        signs = [n for n in page.all("aside") if n.attributes.get("class") == "signs"]
        assert "[c] withheld" in signs[0].said(), name
        assert "[x] not published" in signs[0].said(), name
        assert "0% a true zero" in signs[0].said(), name


def test_no_share_stands_without_its_interval(pages: dict[str, Node]) -> None:
    for figure in (f for n, p in pages.items() if n != "indicators.html" for f in p.all("figure")):
        id = figure.attributes["id"]
        if id.endswith("neighbours") or "map" in id or id.startswith("published-"):
            continue
        for cell in figure.all("td"):
            said = cell.said()
            assert "%" not in said or re.search(r"\([<>]?[\d.]+–[<>]?[\d.]+\)", said), said


def test_the_profile_opens_with_the_headline(pages: dict[str, Node], release: Release) -> None:
    lead = next(n for n in pages["places/kaz.html"].all("p") if n.attributes.get("class") == "lead")
    pattern = (
        r"\d+% asking \(\d+–\d+\), \d+% doing \(\d+–\d+\), \d+% expressing \(\d+–\d+\); "
        r"\d+–\d+ year-olds send \d+% \(\d+–\d+\) of messages\."
    )
    assert re.fullmatch(pattern, lead.said()), lead.said()


def test_documents_are_listed_with_kind_and_only_a_stated_date(pages: dict[str, Node]) -> None:
    kaz = next(n for n in pages["places/kaz.html"].all("ul") if "documents" in str(n.attributes))
    first, second, *_ = (item.said() for item in kaz.all("li"))
    assert "digest 2025-10" in first
    assert "document undated" in second
    titles = [n for n in kaz.all("p") if n.attributes.get("class") == "title"]
    assert titles[1].attributes["lang"] == "kk"


def test_imputed_values_are_marked_wherever_they_stand(pages: dict[str, Node]) -> None:
    for name in ("index.html", "indicators.html", "places/tkm.html"):
        assert "imputed" in pages[name].said(), name


def test_the_labeller_s_card_is_shown_with_its_validation(pages: dict[str, Node]) -> None:
    tables = {t.all("caption")[0].said(): t for t in pages["methods.html"].all("table")}
    assert "0.57" in tables["Heads"].said()
    assert "0.49" in tables["Heads"].said()
    assert "0.8" in tables["Heads: Intent, by value"].said()
    assert "400" in tables["Heads: Intent, confusion"].said()
    assert "0.99" in tables["Language"].said()
    assert "Messages held out." in pages["methods.html"].said()


def test_a_hostile_title_stays_text_in_head_heading_and_drawings(
    bare: Release, hostile: str, tmp_path: Path
) -> None:
    from dataclasses import replace

    OUTPUTS["report"](Edition(replace(bare, title=hostile, region=hostile)), tmp_path)
    page = parsed(tmp_path / "index.html")
    assert hostile in page.all("title")[0].said()
    assert not page.all("script")
    assert not page.all("img")
    assert hostile in page.all("h3")[0].said()
