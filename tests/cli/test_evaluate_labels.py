"""``uptake evaluate-labels`` as a script calls it: files, table, messages and exit states."""

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from tests.flow.conftest import write_lines

from uptake.catalog import facet
from uptake.cli import main
from uptake.label import labeller
from uptake.label.training.examples import written

Row = dict[str, object]


@pytest.fixture
def rows() -> list[Row]:
    """A few of the project's own written messages; one label in ten is another's."""
    every = written()[::14][:120]
    out: list[Row] = []
    for number, row in enumerate(every):
        other = every[(number + 7) % len(every)] if number % 10 == 0 else row
        out.append(
            {
                "text": row["text"],
                "user": f"user-{number % 45}",
                "language": row["lang"],
                **{name: other[name] for name in ("intent", "work", "topic")},
            }
        )
    return out


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> "Run":
    monkeypatch.chdir(tmp_path)
    return Run(monkeypatch, capsys)


class Run:
    """Calls the command in this process: (exit state, standard output, standard error)."""

    def __init__(self, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.patch, self.capsys = patch, capsys

    def __call__(self, *arguments: object) -> tuple[object, str, str]:
        self.patch.setattr(sys, "argv", ["uptake", "evaluate-labels", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = self.capsys.readouterr()
        assert "Traceback" not in said.err
        return ended.value.code, said.out, said.err


def test_a_table_a_page_and_data_are_written_and_no_text(rows: list[Row], run: Run) -> None:
    write_lines(Path("gold.jsonl"), rows)
    state, out, err = run("gold.jsonl")
    assert (state, err) == (0, "")
    for part in (
        "120 rows of gold.jsonl, 45 clusters (people)",
        "Intent",
        "Topic group",
        "Work against not work",
        "Language",
        "people with each other, 0.60",
        "w34255",
        "open uptake-evaluation",
    ):
        assert part in out
    folder = Path("uptake-evaluation")
    assert sorted(p.name for p in folder.iterdir()) == [
        "evaluation.csv", "evaluation.json", "index.html",
    ]  # fmt: skip
    body = json.loads((folder / "evaluation.json").read_text())
    assert body["schema"] == "uptake.evaluation/1"
    by = {one["facet"]: one for one in body["facets"]}
    assert set(by) == {
        "intent",
        "work",
        "work_against_not_work",
        "topic_group",
        "topic",
        "language",
    }
    for one in by.values():
        assert one["n"] == 120
        assert one["clusters"] == 45
        assert sum(map(sum, one["confusion"])) == 120
        assert one["kappa"]["low"] < one["kappa"]["value"] < one["kappa"]["high"]
    assert by["intent"]["published"]["people"] == 0.6
    assert by["language"]["published"] is None
    table = list(csv.DictReader((folder / "evaluation.csv").read_text().splitlines()))
    (kappa,) = [r for r in table if (r["facet"], r["measure"]) == ("intent", "kappa")]
    assert float(kappa["figure"]) == pytest.approx(by["intent"]["kappa"]["value"], abs=1e-6)
    stored = "".join(path.read_text() for path in folder.iterdir()) + out
    for row in rows:
        assert len(str(row["text"])) < 15 or str(row["text"]) not in stored
        assert f'"{row["user"]}"' not in stored


def test_the_page_stands_alone_and_shows_every_facet(rows: list[Row], run: Run) -> None:
    pytest.importorskip("altair")
    write_lines(Path("gold.jsonl"), rows)
    run("gold.jsonl", "-o", "out")
    page = Path("out/index.html").read_text()
    assert page.lower().startswith("<!doctype html>")
    assert page.count("<svg") == 18
    for part in ("http://", "https://", "<script", "src="):
        assert part not in page.replace("http://www.w3.org/2000/svg", "")
    assert "do not publish" in page


def test_without_the_extra_the_page_has_tables_only(
    rows: list[Row], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lines(Path("gold.jsonl"), rows)
    monkeypatch.setitem(sys.modules, "altair", None)
    state, _, err = run("gold.jsonl")
    assert state == 2
    assert "pip install 'uptake[site]'" in err
    page = Path("uptake-evaluation/index.html").read_text()
    assert "<svg" not in page
    assert page.count("<table>") == 7


def test_the_same_seed_gives_the_same_bytes(rows: list[Row], run: Run) -> None:
    write_lines(Path("gold.jsonl"), rows)
    for folder, seed in (("a", 5), ("b", 5), ("c", 6)):
        run("gold.jsonl", "-o", folder, "--seed", seed)
    a, b, c = (Path(f, "evaluation.json").read_bytes() for f in "abc")
    assert a == b != c


def test_a_wider_level_gives_wider_intervals(rows: list[Row], run: Run) -> None:
    write_lines(Path("gold.jsonl"), rows)
    width = []
    for level in ("0.8", "0.99"):
        run("gold.jsonl", "-o", level, "--level", level)
        kappa = json.loads(Path(level, "evaluation.json").read_text())["facets"][0]["kappa"]
        width.append(kappa["high"] - kappa["low"])
    assert width[0] < width[1]


def test_only_what_is_labelled_is_evaluated_and_few_labels_are_said(
    rows: list[Row], run: Run
) -> None:
    for number, row in enumerate(rows):
        del row["topic"], row["language"]
        if number >= 30:
            del row["work"]
    write_lines(Path("gold.jsonl"), rows)
    state, out, err = run("gold.jsonl")
    assert state == 2
    assert "Topic" not in out
    assert "fewer than 50 rows are labelled for Work" in err


def test_bad_rows_are_quarantined_with_line_and_reason(rows: list[Row], run: Run) -> None:
    lines = [json.dumps(row) for row in [*rows, rows[0], {"text": "unlabelled words"}]]
    Path("gold.jsonl").write_text("\n".join([*lines, "{broken"]))
    state, out, err = run("gold.jsonl")
    assert state == 2
    assert "120 rows" in out
    assert "1 x gold-row-twice (line 121)" in err
    assert "1 x gold-without-label (line 122)" in err
    assert "1 x invalid-json (line 123)" in err
    assert "unlabelled words" not in err
    page = Path("uptake-evaluation/index.html").read_text()
    assert "gold-row-twice" in page


def test_rows_of_few_people_are_said_to_give_narrow_intervals(rows: list[Row], run: Run) -> None:
    write_lines(Path("gold.jsonl"), [{**row, "user": n % 5} for n, row in enumerate(rows)])
    state, _, err = run("gold.jsonl")
    assert state == 2
    assert "only 5 people" in err


def test_agreement_too_good_to_be_true_is_said(rows: list[Row], run: Run) -> None:
    write_lines(Path("gold.jsonl"), rows)
    assert "trained on" not in run("gold.jsonl")[1]
    it = labeller("shipped")
    texts = [str(row["text"]) for row in rows]
    p = it(texts, np.full(len(texts), -1, np.int32), np.ones(len(texts), np.bool_))
    ids = facet("intent").ids
    own = [{**row, "intent": ids[k]} for row, k in zip(rows, p["intent"].argmax(1), strict=True)]
    write_lines(Path("own.jsonl"), own)
    state, out, err = run("own.jsonl")
    assert (state, err) == (0, "")
    assert "note: a kappa above 0.95 (Intent) is that of a labeller" in out


def test_the_labeller_sees_the_context(run: Run) -> None:
    before = [
        {"role": "user", "text": "Translate to Kazakh: the meeting is on Monday"},
        {"role": "assistant", "text": "Жиналыс дүйсенбіде"},
    ]
    rows: list[Row] = [
        {"text": "and the next one?", "id": n, "topic": "translate"} for n in range(60)
    ]
    write_lines(Path("alone.jsonl"), rows)
    write_lines(Path("after.jsonl"), [{**row, "context": before} for row in rows])
    confident = []
    for name in ("alone", "after"):
        run(f"{name}.jsonl", "-o", name)
        body = json.loads(Path(name, "evaluation.json").read_text())
        (topic,) = [found for found in body["facets"] if found["facet"] == "topic"]
        (one,) = [found for found in topic["bins"] if found["n"]]
        confident.append(one["confidence"])
    assert abs(confident[0] - confident[1]) > 1e-3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"intent": "aksing"}, "line 4: intent is 'aksing'; did you mean 'asking'?"),
        ({"topic": "cooking"}, "line 4: topic is 'cooking'"),
        ({"language": "kz"}, "line 4: language is 'kz'"),
        ({"work": 3}, "line 4: work is 3; allowed: work, study, personal"),
        ({"work": "what is this even about, and why?"}, "a text of 33 characters"),
    ],
)
def test_an_unknown_label_is_refused_with_line_value_and_mend(
    rows: list[Row], run: Run, change: Row, message: str
) -> None:
    rows[3] |= change
    write_lines(Path("gold.jsonl"), rows)
    state, _, err = run("gold.jsonl")
    assert state == 3
    assert message in err
    assert "gold.jsonl" in err
    assert not Path("uptake-evaluation").exists()


def test_files_that_can_not_be_used_are_refused_with_the_reason(rows: list[Row], run: Run) -> None:
    write_lines(Path("few.jsonl"), rows[:49])
    write_lines(Path("unlabelled.jsonl"), [{"text": str(n)} for n in range(80)])
    write_lines(Path("language.jsonl"), [{"text": str(n), "lang": "kk"} for n in range(80)])
    Path("empty.jsonl").write_text("")
    Path("folder").mkdir()
    Path("table.csv").write_text("text,intent\n" + "hello,asking\n" * 80)
    Path("image.jsonl").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(1_000))
    Path("bad.jsonl").write_text("\n".join(["{broken"] * 20 + [json.dumps(row) for row in rows]))
    write_lines(Path("textless.jsonl"), [{"prompt": "x", "intent": "asking"} for _ in range(80)])
    expected = {
        "few.jsonl": "has 49 usable rows, fewer than 50",
        "unlabelled.jsonl": "no row has a label",
        "language.jsonl": "no row has a label",
        "empty.jsonl": "is empty",
        "folder": "not a file",
        "table.csv": "not valid JSON",
        "image.jsonl": "image",
        "bad.jsonl": "20 of 140 rows are unusable, more than 5%",
        "textless.jsonl": "The row has no text",
        "nowhere.jsonl": "nowhere.jsonl",
    }
    for name, message in expected.items():
        state, _, err = run(name)
        assert state == 3, name
        assert message in err, (name, err)
        assert not Path("uptake-evaluation").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--labeller", "nobody"), "there is: shipped"),
        (("--level", "1.5"), "level is 1.5"),
        (("--level", "0.2"), "level is 0.2"),
        (("--seed", "-1"), "seed"),
    ],
)
def test_wrong_options_are_refused(
    rows: list[Row], run: Run, arguments: tuple[str, ...], message: str
) -> None:
    write_lines(Path("gold.jsonl"), rows)
    state, _, err = run("gold.jsonl", *arguments)
    assert state == 3
    assert message in err


def test_no_planted_string_is_in_any_byte_that_is_written_or_said(
    rows: list[Row], run: Run
) -> None:
    planted = [f"canary{letter * 3}quartz" for letter in "abcdefgh"]
    text, before, user, said_id, name, country, broken, label = planted
    for row in rows:
        row |= {
            "text": f"{text} {row['text']}",
            "context": [{"role": "user", "text": before}, {"role": "assistant", "content": before}],
            "user": f"{user}{row['user']}",
            "conversation": said_id,
            "given_name": name,
            "country": country,
        }
    lines = [json.dumps(row) for row in rows]
    Path("gold.jsonl").write_text("\n".join([*lines, "{" + broken]))
    said = "".join(map(str, run("gold.jsonl")))
    rows[0]["intent"] = f"{label} in the wrong column, four words"
    write_lines(Path("gold.jsonl"), rows)
    said += "".join(map(str, run("gold.jsonl")))
    stored = b"".join(path.read_bytes() for path in Path("uptake-evaluation").iterdir())
    for string in planted:
        assert string not in said
        assert string.encode() not in stored
