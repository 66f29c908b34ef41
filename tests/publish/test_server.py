"""The server gives the site and the releases, to this machine, and nothing else."""

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from uptake.model.errors import UptakeError
from uptake.publish.server import server


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    for name in ("site/index.html", "site/usage/index.html", "release/1a/figures.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "secret").write_text("secret")
    with server(tmp_path, 0) as httpd:
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        yield httpd.server_port
        httpd.shutdown()
        thread.join()


def get(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", f"{host}:{port}")
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_the_site_and_the_releases_are_served(port: int) -> None:
    assert get(port, "/") == (200, "site/index.html")
    assert get(port, "/usage/") == (200, "site/usage/index.html")
    assert get(port, "/release/1a/figures.json") == (200, "release/1a/figures.json")


@pytest.mark.parametrize(
    "path",
    ["/store/secret", "/../store/secret", "/%2e%2e/store/secret", "/release/", "/release/1a"],
)
def test_nothing_else_is_served_or_listed(port: int, path: str) -> None:
    status, body = get(port, path)
    assert status in {301, 404}
    assert "secret" not in body.replace("secret</", "")


def test_another_host_name_is_refused(port: int) -> None:
    assert get(port, "/", host="attacker.example")[0] == 403


def test_a_folder_without_a_site_is_refused_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(UptakeError, match="uptake build"):
        server(tmp_path, 0)
