"""Nobody comes in without the key or from another site; nothing is told of the inside."""

import asyncio
from collections.abc import MutableMapping
from dataclasses import replace
from typing import Any

import pytest
from tests.review.conftest import CSRF, HOST, TOKEN, Browser, Client, Kept, clock

from uptake.review.app import desk
from uptake.review.guard import MOST_BYTES, Access

PAGES = ["", "claims", "judgements", "entities", "contradictions", "gold", "static/desk.js"]


@pytest.mark.parametrize("host", ["attacker.example", "127.0.0.1.attacker.example", "", "a b", "0"])
def test_another_host_name_is_refused(browser: Browser, host: str) -> None:
    answer = browser.client.get(f"/t/{TOKEN}/", headers={"Host": host})
    assert answer.status_code == 421
    assert TOKEN not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8123", "LOCALHOST", "localhost:1"])
def test_this_machine_is_answered_on_any_port(browser: Browser, host: str) -> None:
    assert browser.client.get(f"/t/{TOKEN}/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/t/", "/t/wrong/claims", f"/t/{TOKEN}x/claims", f"/T/{TOKEN}/claims", "/claims", "//"],
)
def test_without_the_key_there_is_nothing(browser: Browser, path: str) -> None:
    for method in ("GET", "POST", "HEAD"):
        answer = browser.client.request(method, path, params={"who": "Ayla"})
        assert answer.status_code == 403
        assert "14%" not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_keeps_itself_to_itself(browser: Browser, path: str) -> None:
    for where in (f"/t/{TOKEN}/{path}", f"/t/wrong/{path}", f"/t/{TOKEN}/none"):
        headers = browser.client.get(where, params={"who": "Ayla"}).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "set-cookie" not in headers


def test_no_page_has_script_or_style_of_its_own(browser: Browser, kept: Kept) -> None:
    browser.post("gold/draw", n=4, method="simple", seed=1, both=1)
    paths = [*PAGES[:-1], f"claims/{kept.claim('14%').id}"]
    for page in map(browser.get, paths):
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick" not in page
        assert page.count("<script") == page.count('<script src="/t/') == 1


@pytest.mark.parametrize("csrf", ["", "wrong", CSRF[:-1], "é"])
def test_a_form_of_another_origin_is_refused(browser: Browser, kept: Kept, csrf: str) -> None:
    url = f"/t/{TOKEN}/claims/{kept.claim('14%').id}/accept"
    answer = browser.client.post(url, data={"csrf": csrf, "who": "Ayla"})
    assert answer.status_code in {403, 422}
    assert browser.client.post(url, data={"who": "Ayla"}).status_code == 422
    cross = {"Sec-Fetch-Site": "cross-site"}
    answer = browser.client.post(url, data={"csrf": CSRF, "who": "Ayla"}, headers=cross)
    assert answer.status_code == 403
    assert kept.kinds() == []


@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://evil.example", 403), ("http://localhost:1", 403), ("", 403),
     ("null", 303), (f"http://{HOST}", 303)],
)  # fmt: skip
def test_a_form_that_names_a_foreign_origin_is_refused_with_a_valid_token(
    browser: Browser, kept: Kept, origin: str, status: int
) -> None:
    url = f"/t/{TOKEN}/claims/{kept.claim('14%').id}/accept"
    answer = browser.client.post(
        url,
        data={"csrf": CSRF, "who": "Ayla"},
        headers={"Origin": origin},
    )
    assert answer.status_code == status
    assert bool(kept.kinds()) == (status == 303)


def test_a_judgement_without_a_name_is_refused(browser: Browser, kept: Kept) -> None:
    for who in ("", "  ", "x" * 81, "a\x07b"):
        Browser(browser.client, kept, who).post(f"claims/{kept.claim('14%').id}/accept", 422)
    assert kept.kinds() == []


def test_who_has_no_name_is_asked_for_it(browser: Browser) -> None:
    answer = browser.client.get(f"/t/{TOKEN}/claims")
    assert answer.status_code == 303
    assert "Your name" in browser.client.get(answer.headers["location"]).text


def test_a_large_request_is_refused(browser: Browser, kept: Kept) -> None:
    url = f"/t/{TOKEN}/claims/{kept.claim('14%').id}/reject"
    data = {"csrf": CSRF, "who": "Ayla", "why": "x" * MOST_BYTES}
    assert browser.client.post(url, data=data).status_code == 413
    assert browser.client.get(f"/t/{TOKEN}/?who={'x' * 9_000}").status_code == 414
    assert kept.kinds() == []


def test_a_reason_that_is_too_long_is_said_to_be(browser: Browser, kept: Kept) -> None:
    page = browser.post(f"claims/{kept.claim('14%').id}/reject", 422, why="x" * 2_001)
    assert "not complete: why" in page
    assert "xxx" not in page


def test_a_failure_shows_no_traceback(kept: Kept, access: Access) -> None:
    def fail() -> Any:
        raise RuntimeError("secret /path/of/store")

    broken = replace(kept.sources(), cases=fail)
    answer = Client(desk(broken, access, clock())).get(f"/t/{TOKEN}/claims", params={"who": "A"})
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "nothing was recorded" in answer.text


def test_a_missing_page_and_a_wrong_method_are_clear_pages(browser: Browser) -> None:
    for method, path, status in (("GET", "none", 404), ("DELETE", "claims", 405)):
        answer = browser.client.request(method, f"/t/{TOKEN}/{path}", params={"who": "Ayla"})
        assert answer.status_code == status
        assert "Not done" in answer.text


def test_there_is_no_second_way_into_the_application(browser: Browser) -> None:
    for path in ("openapi.json", "docs", "redoc", "static/../sources.py", "static/%2e%2e/app.py"):
        answer = browser.client.get(f"/t/{TOKEN}/{path}", params={"who": "Ayla"})
        assert answer.status_code == 404


def test_a_web_socket_is_not_answered(browser: Browser) -> None:
    async def receive() -> MutableMapping[str, Any]:
        raise AssertionError("nothing is read")

    async def send(message: MutableMapping[str, Any]) -> None:
        raise AssertionError(message)

    asyncio.run(browser.client.app({"type": "websocket", "path": "/"}, receive, send))
