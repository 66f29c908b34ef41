"""What a reader sees: every figure opens its words, nothing is counted twice, nothing leaks."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.gather.knowledge import views
from uptake.model.claim import Claim
from uptake.model.estimate import Estimates
from uptake.model.evidence import Passage
from uptake.model.knowledge import Entity, Excerpt, Knowledge
from uptake.model.release import Evidence, Quality, Release
from uptake.publish import Edition
from uptake.publish.evidence.archive import Archive
from uptake.publish.evidence.quotes import ROOM, quoted
from uptake.publish.evidence.taken import taken
from uptake.publish.pages.documents import document_pages
from uptake.publish.pages.evidence import evidence
from uptake.publish.pages.profile import profile
from uptake.publish.rendering import render


def alone(claim: Claim) -> Release:
    """Make a release of one claim and nothing else."""
    return Release(
        id="0", title="", region="", places=(), comparators=(), synthetic="", mode="public",
        thresholds=(10, 20), messages_cap=30, estimates=Estimates({}), quality=Quality(),
        evidence=Evidence(), labeller={}, version="1", knowledge=Knowledge(claims=(claim,)),
    )  # fmt: skip


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def said(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture(scope="module")
def kaz(site: Path) -> str:
    return read(site, "places/kaz.html")


def test_each_claim_stands_in_its_document_with_its_quote_marked(
    site: Path, release: Release
) -> None:
    for claim in release.knowledge.claims:
        page = read(site, f"documents/{claim.doc}.html")
        after = page.split(f'id="claim-{claim.id}"')[1]
        marked = re.search(r"<mark>(.*?)</mark>", after, re.DOTALL)
        assert marked is not None
        assert unescape(re.sub("</?b>", "", marked[1])) == claim.quote


def test_a_profile_links_each_of_its_claims_to_its_words(kaz: str, release: Release) -> None:
    for claim in release.knowledge.claims:
        link = f"../documents/{claim.doc}.html#claim-{claim.id}"
        assert (link in kaz) == ("KAZ" in claim.countries)


def test_quotes_have_the_language_of_their_document(kaz: str) -> None:
    assert re.search(r'<blockquote lang="kk"><p>.*?<mark>2026 жылға', kaz)
    assert re.search(r'<span class="subject" lang="kk">сынақ</span>: announced, planned', kaz)


def test_comparators_and_status_are_told_in_words(kaz: str) -> None:
    words = said(kaz)
    assert "exports of IT services : more than EUR 400 million accepted" in words
    assert "about EUR 310 million" in words
    assert "proposed, confidence 0.50" in words
    assert "confidence 0.45 or more" in words
    assert "an analyst accepted (3)" in words
    assert "In the whole release, left out are 7 proposed below it and 2 rejected" in words


def test_a_target_stands_beside_what_was_reached_as_a_bound(kaz: str) -> None:
    section = said(kaz.split("Targets beside what was reached")[1].split("<h3", maxsplit=1)[0])
    assert "the gap is at most USD 567 million" in section
    assert "1 EUR = 1.0824 USD, average of 2024, ECB." in section
    assert "USD 1 billion by 2026" in section
    assert "exceeded EUR 400 million" in section


def test_a_contradiction_shows_both_quotes(kaz: str) -> None:
    section = said(kaz.split("Contradictions</h3>")[1].split("<h3", maxsplit=1)[0])
    assert "exceeded EUR 400 million" in section
    assert "were “nearly” EUR 310 million" in section
    assert "Not resolved yet." in section


def test_a_resolved_contradiction_says_which_side_holds(release: Release) -> None:
    (found,) = release.knowledge.contradictions
    holds = msgspec.structs.replace(found, resolved=found.claims[1])
    known = msgspec.structs.replace(release.knowledge, contradictions=(holds,))
    edition = Edition(replace(release, knowledge=known))
    page = evidence(edition)
    html = said(render(page, edition, [page]))
    assert "An analyst found which one holds." in html
    assert html.index("Says exports") < html.index("This one holds exports")


def test_a_confirmed_claim_names_the_row_of_the_table(kaz: str) -> None:
    section = said(kaz.split("Held against indicator tables")[1].split("<h3", maxsplit=1)[0])
    assert "confirmed" in section
    assert "Online services, world rank, Kazakhstan, 2024: 24" in section
    assert "(Bureau of src-online_service_rank: Table of src-online_service_rank)" in section
    assert "ranks 24th in e-government" in section


def test_each_cell_of_the_matrix_opens_its_quotes(kaz: str) -> None:
    cells = re.findall(r'<a href="#(cell-[^"]+)" aria-label="([^"]+)">(\d+)</a>', kaz)
    assert len(cells) == 3
    for id, label, number in cells:
        opened = kaz.split(f'id="{id}"')[1].split("Back to the table", maxsplit=1)[0]
        assert opened.count("<mark>") == int(number)
        assert f"{number} initiative" in unescape(label)
    assert any("Education" in label for _, label, _ in cells)


def test_stories_articles_and_claims_are_counted_apart(site: Path, release: Release) -> None:
    page = said(read(site, "evidence.html"))
    assert "Stories 5" in page
    assert "Articles 6" in page
    assert "Claims 12" in page
    counts = Archive(release).counts(list(release.knowledge.claims))
    assert (counts.stories, counts.articles, counts.claims) == (5, 6, 12)
    assert len(release.knowledge.claims) == 14


def test_an_initiative_that_a_copy_repeats_counts_once_and_lists_both_documents(kaz: str) -> None:
    cell = kaz.split('id="cell-kaz-education-pilot"')[1].split("</div>", maxsplit=1)[0]
    assert "1 initiative in 1 story" in said(cell)
    assert cell.count("<blockquote") == 1
    assert f"documents/{4:016x}.html#claim-" in cell
    assert f"documents/{5:016x}.html#claim-" in cell
    assert "(a copy: counted once)" in said(cell)


def test_a_place_without_initiatives_says_so(release: Release) -> None:
    edition = Edition(release)
    page = profile(edition, "TKM")
    assert "No published claim on this place tells of an initiative" in said(
        render(page, edition, [page])
    )


def test_a_scrap_that_stands_for_a_name_is_not_shown(release: Release) -> None:
    target = release.knowledge.claims[1]
    for name, shown in (("Exports of IT services", "Exports of IT services"), ("", "")):
        known = msgspec.structs.replace(release.knowledge, called={target.id: name})
        edition = Edition(replace(release, knowledge=known))
        assert quoted(edition.archive, target).subject == shown


def test_a_sentence_of_two_figures_is_printed_once_in_a_list(release: Release) -> None:
    edition = Edition(release)
    figures = next(g for g in taken(edition, "KAZ").types if g.id == "indicator")
    by_id = {q.id: q for q in figures.quotes}
    # the text's second sentence holds a target and a rank; both quotes stand, their sentence once
    target, rank = (by_id[c.id] for c in release.knowledge.claims[1:3])
    assert "The state means to reach" in target.before
    assert (rank.before, rank.after) == ("", "")
    assert rank.quote == "ranks 24th in e-government"


def test_what_two_stories_promise_alike_is_one_entry_with_both_quotes(release: Release) -> None:
    law = next(c for c in release.knowledge.claims if c.doc == f"{6:016x}" and c.type == "policy")
    other = msgspec.structs.replace(law, id="other", doc=f"{2:016x}")
    claims = (*release.knowledge.claims, other)
    known = msgspec.structs.replace(release.knowledge, claims=claims)
    shown = {"TKM": views(known, release.evidence.documents, "TKM")}
    known = msgspec.structs.replace(known, views=shown)
    (promise,) = taken(Edition(replace(release, knowledge=known)), "TKM").promises
    assert [quote.id for quote in promise.quotes] == [law.id, "other"]
    assert promise.counted == "2 stories"


def test_a_policy_that_no_document_names_is_no_sentence_as_a_title(release: Release) -> None:
    law = next(c for c in release.knowledge.claims if c.doc == f"{6:016x}" and c.type == "policy")
    nameless = msgspec.structs.replace(law, fields={**law.fields, "name": None})
    claims = tuple(nameless if c.id == law.id else c for c in release.knowledge.claims)
    known = msgspec.structs.replace(release.knowledge, claims=claims)
    shown = {"TKM": views(known, release.evidence.documents, "TKM")}
    known = msgspec.structs.replace(known, views=shown)
    (policy,) = taken(Edition(replace(release, knowledge=known)), "TKM").policies
    assert (policy.title, policy.says) == ("", "law, planned")


def test_a_copy_names_the_other_copies(site: Path) -> None:
    page = read(site, f"documents/{4:016x}.html")
    assert f'href="../documents/{5:016x}.html"' in page
    assert "The same story elsewhere" in page
    assert "The same story elsewhere" not in read(site, f"documents/{1:016x}.html")


def test_promises_lie_after_the_newest_document(site: Path) -> None:
    section = said(read(site, "evidence.html").split("What is promised next</h3>")[1])
    assert "after 2026-02-10" in section
    assert "a law on data" in section


def test_hostile_claims_stay_text_everywhere(site: Path, hostile: str) -> None:
    page = read(site, f"documents/{3:016x}.html")
    assert hostile in said(page) or hostile in unescape(page)
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script" not in text, path.name
        assert "<img" not in text, path.name
        assert "javascript:" not in text, path.name


def test_no_text_of_others_is_printed_beyond_the_sentences_of_quotes(site: Path) -> None:
    for path in (*site.rglob("*.html"), *site.rglob("*.csv"), *site.rglob("*.json")):
        assert "Nothing else of note was said" not in path.read_text(encoding="utf-8"), path.name


def excerpts(release: Release, text: str, length: int) -> Release:
    """Return a release in which document 4 has one sentence of a text so long."""
    known = release.knowledge
    claims = [c for c in known.claims if c.doc == f"{4:016x}"][:1]
    found = {claims[0].id: Excerpt(start=claims[0].start, end=claims[0].start + len(text),
                                   text=text)}  # fmt: skip
    documents = tuple(
        msgspec.structs.replace(d, passages=(Passage(0, length),))
        for d in release.evidence.documents
    )
    changed = msgspec.structs.replace(known, claims=tuple(claims), excerpts=found)
    return replace(
        release, knowledge=changed, evidence=replace(release.evidence, documents=documents)
    )


def test_a_text_by_others_is_not_printed_nearly_whole(release: Release) -> None:
    claim = next(c for c in release.knowledge.claims if c.doc == f"{4:016x}")
    text = claim.quote + " and so on, in words of others."
    little = Archive(excerpts(release, text, len(text) * 4 // 3 + 1))
    most = Archive(excerpts(release, text, len(text) * 4 // 3 - 1))
    assert quoted(little, claim).after == " and so on, in words of others."
    assert quoted(most, claim).after == ""
    assert quoted(most, claim).quote == claim.quote


def test_a_long_sentence_is_cut_around_its_quote(release: Release) -> None:
    claim = next(c for c in release.knowledge.claims if c.doc == f"{4:016x}")
    text = claim.quote + " word" * 500
    shown = quoted(Archive(excerpts(release, text, 9 * len(text))), claim)
    assert shown.after.endswith("…")
    assert len(shown.after) <= ROOM + 1


@given(st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)), max_size=4))
def test_marking_values_changes_no_letter(spans: list[tuple[int, int]]) -> None:
    quote = "from 18% to 31 <b>percent</b>"
    claim = Claim(
        type="indicator", quote=quote, start=2, end=2 + len(quote),
        evidence={"value": tuple(Passage(a, b) for a, b in spans)},
    )  # fmt: skip
    parts = quoted(Archive(alone(claim)), claim).parts
    assert "".join(text for text, _ in parts) == quote


def test_each_of_two_values_in_one_sentence_is_told_apart() -> None:
    quote = "EUR 400 million here and EUR 850 million there"
    claim = Claim(type="indicator", quote=quote, start=9, end=9 + len(quote),
                  evidence={"value": (Passage(34, 49),)})  # fmt: skip
    assert quoted(Archive(alone(claim)), claim).parts == (
        ("EUR 400 million here and ", False), ("EUR 850 million", True), (" there", False),
    )  # fmt: skip


def test_of_many_promises_the_later_ones_are_folded(release: Release) -> None:
    views = release.knowledge.views["all"]
    (first,) = views.promises[:1]
    later = tuple(msgspec.structs.replace(first, date=str(2030 + n)) for n in range(40))
    many = msgspec.structs.replace(views, promises=later)
    known = msgspec.structs.replace(
        release.knowledge, views={**release.knowledge.views, "all": many}
    )
    edition = Edition(replace(release, knowledge=known))
    page = evidence(edition)
    html = render(page, edition, [page])
    assert "24 more" in said(html)


def test_of_many_quotes_some_are_shown_and_the_rest_are_counted(release: Release) -> None:
    claim = release.knowledge.claims[0]
    many = [msgspec.structs.replace(claim, id=f"{number:016x}") for number in range(230)]
    known = msgspec.structs.replace(
        release.knowledge,
        claims=tuple(many),
        entities=(Entity(id="e", kind="person", name="A. B.", names=("A. B.",),
                         claims=tuple(c.id for c in many)),),
    )  # fmt: skip
    edition = Edition(replace(release, knowledge=known))
    page = evidence(edition)
    named = render(page, edition, [page]).split('id="named"')[1].split("</section>")[0]
    assert named.count("<mark>") == 12
    assert "218 more" in said(named)
    place = profile(edition, "KAZ")
    claims = render(place, edition, [page, place]).split("All claims by type")[1]
    assert claims.count('class="claim"') == 200
    assert "30 more" in said(claims)


def test_a_sentence_that_does_not_hold_the_quote_is_not_printed(release: Release) -> None:
    claim = next(c for c in release.knowledge.claims if c.doc == f"{4:016x}")
    shown = quoted(Archive(excerpts(release, "Another sentence of the same document.", 999)), claim)
    assert (shown.before, shown.quote, shown.after) == ("", claim.quote, "")


def test_without_documents_the_page_says_so(bare: Release) -> None:
    edition = Edition(bare)
    page = evidence(edition)
    html = said(render(page, edition, [page]))
    assert "No documents yet." in html
    assert "Stories" not in html
    assert not list(document_pages(edition))


def test_documents_without_claims_are_said_to_have_none(release: Release) -> None:
    known = Knowledge(threshold=0.9, withheld=(3, 1))
    edition = Edition(replace(release, knowledge=known))
    page = evidence(edition)
    html = said(render(page, edition, [page]))
    assert "6 documents, and no claim published yet." in html
    assert "Left out are 3 proposed below it and 1 rejected" in html
    first = next(document_pages(edition))
    assert "No claim of it is published." in said(render(first, edition, [first]))


def test_a_claim_of_a_document_that_is_not_there_has_no_link(release: Release) -> None:
    edition = Edition(replace(release, evidence=Evidence()))
    shown = quoted(edition.archive, release.knowledge.claims[0])
    assert shown.path == ""
    page = evidence(edition)
    assert "documents/" not in render(page, edition, [page])


def test_a_place_s_share_of_what_is_said_is_its_own(release: Release) -> None:
    edition = Edition(release)
    assert taken(edition, "TKM").pairs == ()
    assert taken(edition, "TKM").counts.claims == 2
    assert taken(edition, "KAZ").pairs
    assert taken(edition, "ZZZ").counts.claims == 0


def test_a_pair_shows_of_which_place_and_times_its_sides_are(release: Release) -> None:
    known = release.knowledge
    told = msgspec.structs.replace(
        known.pairs[0], place="KAZ", parts=("Almaty",), target_time="by 2027", actual_time=""
    )
    edition = Edition(replace(release, knowledge=msgspec.structs.replace(known, pairs=(told,))))
    (pair,) = taken(edition, "KAZ").pairs
    assert pair.basis == ("Place: Almaty, Kazakhstan; target: by 2027; actual: no time stated")
    page = evidence(edition)
    assert pair.basis in said(render(page, edition, [page]))


def test_a_value_within_a_bound_is_not_said_to_be_told_twice(release: Release) -> None:
    known = release.knowledge
    bounded = msgspec.structs.replace(known.agreements[0], bounded=True, stories=2)
    edition = Edition(
        replace(release, knowledge=msgspec.structs.replace(known, agreements=(bounded,)))
    )
    (group,) = taken(edition, "KAZ").agreements
    assert group.note == "Consistent in 2 stories: a value within a bound"
