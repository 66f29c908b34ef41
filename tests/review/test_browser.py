"""The desk in a real browser: by keys, without scripts, at two widths, under its own policy."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from tests.review.chromium import Chromium, chromium, found
from tests.review.conftest import HOST, TOKEN, Kept, clock

from uptake.flow.gold_sample import kappa_of
from uptake.pseudonymise.mask import mask
from uptake.review.app import desk
from uptake.review.gold import ToLabel
from uptake.review.guard import Access

BROWSER = found()
pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs chromium on the path")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    assert BROWSER
    with chromium(BROWSER, tmp_path_factory.mktemp("profile")) as it:
        yield it


@pytest.fixture
def served(kept: Kept, access: Access) -> Iterator[str]:
    kept.messages = {
        m: ToLabel(m, (("user", mask("What is <b>this</b>?")),)) for m in kept.frame.messages
    }
    app = desk(kept.sources(), access, clock(), kept.gold(kappa_of))
    server = uvicorn.Server(
        uvicorn.Config(app, host=HOST, port=0, log_level="error", lifespan="off")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://{HOST}:{port}/t/{TOKEN}/"
    server.should_exit = True
    thread.join()


def test_a_claim_is_judged_by_keys_alone(page: Chromium, served: str, kept: Kept) -> None:
    page.open(served)
    page.run("document.querySelector('#who').focus()")
    page.type("Ayla")
    page.press("Enter", loads=True)
    page.open(page.run("document.querySelector('nav a').href"))
    page.press("j", loads=True)
    assert "Kazakhstan opened a rail pilot" in page.run(
        "document.querySelector('.quote').innerText"
    )
    page.press("a", loads=True)
    assert kept.kinds() == ["accept"]
    assert page.run("document.querySelector('.quote').innerText") == "14% of trains use it"
    page.press("u", loads=True)
    assert kept.kinds() == ["accept", "undo"]
    page.press("j", loads=True)
    page.press("r")
    page.type("Not in the table")
    page.press("Enter", loads=True)
    last = kept.judgements()[0][-1]
    assert (last.kind, last.who, last.why) == ("reject", "Ayla", "Not in the table")
    page.press("k", loads=True)
    page.press("e")
    assert page.run("document.activeElement.name").startswith("fields.")


def test_all_works_without_scripts(served: str, kept: Kept, tmp_path: Path) -> None:
    assert BROWSER
    with chromium(BROWSER, tmp_path) as plain:
        plain.without_scripts()
        plain.open(f"{served}claims/{kept.claim('14%').id}?who=Boris")
        # scripts of the page do not run; what the test itself evaluates does
        plain.click("button[value='start-left']")
        assert plain.run("document.querySelector('.quote').innerText").startswith("that 14%")
        plain.run("document.querySelector('[name=\"fields.scope\"]').value = 'national'")
        plain.click("button[name='accepting']")
    assert kept.kinds() == ["edit"]
    data = kept.judgements()[0][0].data
    assert data["fields"] == {"scope": "national"}


def paths(kept: Kept) -> list[str]:
    claims = [f"claims/{claim.id}" for case in kept.cases for claim in case.claims]
    lists = ["", "claims", "entities", "contradictions", "judgements", "gold", "gold/next", "none"]
    return [*claims, *lists]


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_breaks_its_policy_or_is_wider_than_the_window(
    page: Chromium, served: str, kept: Kept, width: int
) -> None:
    page.width(width)
    page.open(f"{served}gold?who=Ayla")
    page.run("document.querySelector('#n').value = 5")
    page.click("form[action*='gold/draw'] button")
    message = kept.designs[0].messages[0]
    for who, intent in (("Ayla", "asking"), ("Boris", "doing")):
        page.open(f"{served}gold/{message}?who={who}")
        page.run(f"document.querySelector('[value={intent}]').checked = true")
        page.click(".edit button")
    for path in [*paths(kept), f"gold/{message}?settle=true"]:
        page.open(f"{served}{path}{'&' if '?' in path else '?'}who=Ayla")
        assert page.run("document.documentElement.scrollWidth") <= width, path
        assert page.run("getComputedStyle(document.querySelector('.top')).backgroundColor") != (
            "rgba(0, 0, 0, 0)"
        ), path
        complaints = [c for c in page.complaints() if "404" not in c and "favicon" not in c]
        assert complaints == [], path


def test_markup_of_a_document_does_not_run(page: Chromium, served: str, kept: Kept) -> None:
    page.open(f"{served}claims/{kept.claim('<script>').id}?who=Ayla")
    assert page.run("document.querySelectorAll('script').length") == 1
    assert page.run("document.querySelector('mark').innerText").startswith("<script>alert")
    assert page.run("document.querySelectorAll('.document b').length") == 0


def test_every_control_of_a_claim_has_a_name(page: Chromium, served: str, kept: Kept) -> None:
    page.open(f"{served}claims/{kept.claim('14%').id}?who=Ayla")
    nameless = page.run(
        "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]"
        ".filter(e => !e.labels.length && !e.ariaLabel).map(e => e.name)"
    )
    assert nameless == [], json.dumps(nameless)
