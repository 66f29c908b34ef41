"""The commands as a script calls them: files in, files out, exit states."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.flow.conftest import conversation, write_lines

from uptake.testing.truth import read_truth


def uptake(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "uptake", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "messages.jsonl"
    write_lines(path, [conversation(n) for n in range(120)])
    return path


def test_report_writes_a_page_and_figures(log: Path, tmp_path: Path) -> None:
    done = uptake("report", log, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "people: 40; conversations: 120; messages: 240" in done.stdout
    body = json.loads((tmp_path / "out" / "report.json").read_text())
    assert (body["people"], body["conversations"], body["messages"]) == (40, 120, 240)
    assert (tmp_path / "out" / "index.html").read_text().lower().startswith("<!doctype html>")


def node(id: str, parent: str, role: str, text: str, number: int) -> dict[str, object]:
    return {
        "id": id,
        "parent": parent,
        "children": [],
        "message": {
            "id": f"{number}-{id}",
            "author": {"role": role, "name": None, "metadata": {}},
            "create_time": 1_750_000_000.5 + 60 * number,
            "content": {"content_type": "text", "parts": [text]},
            "metadata": {},
        },
    }


def chatgpt_export(path: Path, conversations: int) -> Path:
    """Write a ChatGPT data export to the layout of the real one, with an edited prompt."""
    exported: list[dict[str, object]] = []
    for number in range(conversations):
        nodes: list[dict[str, object]] = [
            {"id": "root", "message": None, "parent": None, "children": []},
            node("s", "root", "system", "", number),
            node("u1", "s", "user", f"How do I cook plov for {number} guests?", number),
            node("a1", "u1", "assistant", "With rice.", number),
            node("u2", "s", "user", f"How do I cook plov for {number + 1} guests?", number),
            node("a2", "u2", "assistant", "With more rice.", number),
        ]
        exported.append(
            {
                "title": "Plov",
                "create_time": 1_750_000_000.5,
                "update_time": 1_750_000_100.5,
                "mapping": {str(one["id"]): one for one in nodes},
                "current_node": "a2",
                "conversation_id": f"conversation-{number}",
                "id": f"conversation-{number}",
            }
        )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", json.dumps(exported))
        archive.writestr(
            "user.json", json.dumps({"id": "user-1", "email": "a@b.org", "birth_year": 1999})
        )
        archive.writestr("chat.html", "<html></html>")
        archive.writestr("message_feedback.json", "[]")
    return path


def test_an_export_of_one_person_is_withheld_unless_it_is_ones_own(tmp_path: Path) -> None:
    export = chatgpt_export(tmp_path / "export.zip", 40)
    done = uptake("report", export, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "--own" in done.stderr
    body = json.loads((tmp_path / "out" / "report.json").read_text())
    assert (body["people"], body["conversations"], body["messages"]) == (1, 40, 80)
    done = uptake("report", export, "-o", tmp_path / "own", "--own")
    assert done.returncode == 0, done.stderr
    assert "asking" in done.stdout
    assert "withheld asking" not in done.stdout
    assert "own logs" in (tmp_path / "own" / "index.html").read_text()


def test_own_is_refused_on_the_logs_of_several_people(log: Path, tmp_path: Path) -> None:
    done = uptake("report", log, "-o", tmp_path / "out", "--own")
    assert done.returncode == 3
    assert "40 people" in done.stderr
    assert not (tmp_path / "out").exists()


def test_label_writes_values_and_probabilities_but_no_text(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "a", "text": "Translate this letter into English, please"},
        {"id": 7, "text": "shorter", "context": [{"role": "user", "text": "Write me a poem"}]},
        {"text": "Сәлем, қалайсың?"},
        {"id": "no text"},
    ]
    write_lines(tmp_path / "in.jsonl", rows)
    done = uptake("label", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl")
    assert done.returncode == 2
    assert "no-text-field" in done.stderr
    out = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["id"] for row in out] == ["a", 7, 3]
    for row in out:
        assert set(row) == {"id", "language", "intent", "work", "topic"}
        assert all(0 < row[f]["p"] <= 1 for f in ("language", "intent", "work", "topic"))
    assert out[0]["topic"]["value"] == "translate"
    assert out[2]["language"]["value"] == "kk"
    assert "letter" not in (tmp_path / "out.jsonl").read_text()


def test_label_names_the_option_when_no_line_has_the_field(tmp_path: Path) -> None:
    write_lines(tmp_path / "in.jsonl", [{"prompt": "hello"}])
    done = uptake("label", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl")
    assert done.returncode == 3
    assert "--text-field" in done.stderr
    assert not (tmp_path / "out.jsonl").exists()
    done = uptake(
        "label", tmp_path / "in.jsonl", "-o", tmp_path / "o.jsonl", "--text-field", "prompt"
    )
    assert done.returncode == 0


def test_simulate_then_report_recovers_the_totals(tmp_path: Path) -> None:
    assert uptake("simulate", tmp_path / "sim", "--users", 60, "--seed", 3).returncode == 0
    truth = read_truth(tmp_path / "sim" / "truth.json").realised.by_key()
    done = uptake("report", tmp_path / "sim" / "logs", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    body = json.loads((tmp_path / "out" / "report.json").read_text())
    grown = [
        sizes
        for key, sizes in truth.items()
        if (key[0], key[6]) == ("age_band", "total") and key[3] != "13-17"
    ]
    for size in ("messages", "people", "conversations"):  # nobody under 18 is told of
        assert body[size] == sum(sizes[size] for sizes in grown), size


def test_new_writes_settings_that_build_reads(tmp_path: Path) -> None:
    assert uptake("new", tmp_path / "obs").returncode == 0
    assert uptake("new", tmp_path / "obs").returncode == 3
    done = uptake("build", tmp_path / "obs")
    assert done.returncode == 0, done.stderr
    assert uptake("build", tmp_path / "obs").stdout.startswith("nothing has changed")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("build", "nowhere"), "uptake new"),
        (("report", "nowhere.jsonl"), "nowhere.jsonl"),
        (("build", ".", "--jobs", "0"), "jobs"),
        (("frobnicate",), "frobnicate"),
    ],
)
def test_wrong_calls_are_refused_without_a_traceback(
    arguments: tuple[str, ...], message: str
) -> None:
    done = uptake(*arguments)
    assert done.returncode == 3
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_every_bad_input_is_a_refusal_or_a_counted_quarantine(shared: Path, tmp_path: Path) -> None:
    files = [p for p in sorted((shared / "data" / "bad_inputs").rglob("*")) if p.is_file()]
    for path in files[::4]:
        done = uptake("report", path, "-o", tmp_path / "out", "-j", "1")
        assert done.returncode in {0, 2, 3}, path.name
        assert "Traceback" not in done.stderr, path.name


def test_a_dash_writes_claims_alone_to_standard_output(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "The Ministry of Energy spent more than 11.4 billion tenge on AI in 2025, the deputy "
        "minister said, and the number of its users has reached 5 million.\n"
    )
    done = uptake("claims", path, "-o", "-")
    assert done.returncode == 0, done.stderr
    assert {json.loads(line)["doc"] for line in done.stdout.splitlines()} == {"a"}
    assert "1 documents" in done.stderr
