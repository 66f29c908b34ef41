"""The desk over an observatory: its store's documents, its logs' messages, its own two files."""

import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from tests.flow.conftest import CONFIG
from tests.flow.test_build import quiet
from tests.review.conftest import CSRF, HOST, TOKEN, Browser, Client, Kept

from uptake import config
from uptake.flow.build import Options, build
from uptake.flow.desk import now, opened, sources
from uptake.flow.gold_labels import final, found
from uptake.flow.gold_sample import frame, gold_sources
from uptake.gather.knowledge import judgements
from uptake.model.errors import UnreadableInputError
from uptake.review.app import desk
from uptake.review.gold import GoldLabel, Wanted, draw
from uptake.review.guard import Access

Make = Callable[..., Path]
DOCUMENT = (
    "In 2025 the ministry opened a rail pilot in Kazakhstan. In Kazakhstan 14% of trains use it.\n"
)
JUDGEMENTS = "judgements.jsonl"
PRIVATE = "Write a short letter to my landlord"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An observatory of 240 messages by people and one document."""
    from tests.flow.conftest import conversation, write_lines

    folder = tmp_path_factory.mktemp("desk") / "obs"
    rows = [conversation(n) for n in range(120)]
    rows[3]["messages"][0]["content"] += " call +7 701 234 56 78"  # type: ignore[index]
    write_lines(folder / "logs" / "a.jsonl", rows)
    (folder / "observatory.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "documents").mkdir()
    (folder / "documents" / "rail.txt").write_text(DOCUMENT, encoding="utf-8")
    build(folder, Options(), quiet)
    return folder


def browse(folder: Path, who: str = "Ayla") -> Browser:
    settings = config.read(folder)
    access = Access(TOKEN, CSRF, frozenset({HOST}))
    app = desk(sources(folder, settings), access, now, gold_sources(folder, settings))
    return Browser(Client(app), Kept(folder / JUDGEMENTS), who)


def test_documents_of_the_store_are_shown_and_a_new_one_appears(built: Path) -> None:
    browser = browse(built)
    assert "1 documents" in browser.get("")
    new = built / "documents" / "new.txt"
    new.write_text("A second document.\n", encoding="utf-8")
    assert "2 documents" in browser.get("")
    new.unlink()
    assert "1 documents" in browser.get("")


def test_judgements_lie_beside_the_settings_and_survive_the_build_folder(built: Path) -> None:
    one = judgements.judgement("accept", "no-claim", "Ayla", now())
    judgements.append(built / JUDGEMENTS, one)
    assert "no-claim" in browse(built).get("judgements")
    assert not list((built / "build").rglob(JUDGEMENTS))


def test_the_frame_is_what_the_figures_count(built: Path) -> None:
    found = frame(built, config.read(built))
    assert len(found.messages) == len(set(found.messages)) == 240
    assert set(found.strata) == {"KAZ", "UZB"}
    capped = replace_cap(built, 1)
    assert len(frame(built, capped).messages) < 240


def replace_cap(folder: Path, cap: int) -> config.Config:
    settings = config.read(folder)
    usage = msgspec.structs.replace(settings.usage, messages_cap=cap)
    return msgspec.structs.replace(settings, usage=usage)


def files_with(folder: Path, words: str) -> set[str]:
    return {
        path.relative_to(folder).parts[0]
        for path in folder.rglob("*")
        if path.is_file() and words.encode() in path.read_bytes()
    }


def test_a_sample_is_labelled_masked_and_no_text_is_written(built: Path) -> None:
    browser = browse(built)
    browser.post("gold/draw", n=240, method="stratified", seed=5, both=10)
    shown = ""
    settings = config.read(built)
    sample = gold_sources(built, settings)
    assert sample is not None
    for message in sample.designs()[-1].messages:
        page = browser.get(f"gold/{message}")
        shown += page
        said_last = last_said(page)
        told = "expressing" if "thank you" in said_last else "asking"
        intent = "doing" if "landlord" in said_last else told
        browser.post(f"gold/{message}", intent=intent, work="personal")
    assert PRIVATE in shown
    assert "&lt;PHONE&gt;" in shown
    assert "701 234" not in shown
    assert files_with(built, PRIVATE) == {"logs"}
    assert "user-3@example.org" not in (built / "gold" / "labels.jsonl").read_text()

    labels = final(built / "gold" / "labels.jsonl", name="gold/labels.jsonl")
    parts = sorted((built / "build" / "store" / "labels").glob("*/part-*.parquet"))
    table = found(labels, parts)
    assert len(table) == 240
    said = table["true_intent"].to_pylist()
    # what people said of a message stands beside what the labeller said of the same one
    agree = sum(a == b for a, b in zip(said, table["intent"].to_pylist(), strict=True))
    assert said.count("doing") == 80
    assert agree > 140

    with_gold = CONFIG + '[usage]\ngold = "gold/labels.jsonl"\n'
    (built / "observatory.toml").write_text(with_gold, encoding="utf-8")
    release = build(built, Options(), quiet).release
    assert release is not None
    intents = [e for key, e in release.estimates.shares.items() if key.facet == "intent" and e]
    assert "gold" in {estimate.correction for estimate in intents}


def last_said(page: str) -> str:
    return str(re.findall(r'class="said">([^<]*)<', page)[-1])


def test_too_few_labels_are_refused_with_the_mend(built: Path, tmp_path: Path) -> None:
    whole = frame(built, config.read(built))
    design = draw(whole, Wanted(60, "simple", 1, 0), by="A", drawn=now())
    label = GoldLabel(
        message=design.messages[0], sample=design.id, annotator="A", when=now(), intent="asking"
    )
    path = tmp_path / "labels.jsonl"
    path.write_bytes(msgspec.json.encode(label) + b"\n")
    with pytest.raises(UnreadableInputError, match="has no samples"):
        final(path, name="gold/labels.jsonl")
    (tmp_path / "samples.jsonl").write_bytes(msgspec.json.encode(design) + b'\n{"half')
    with pytest.raises(UnreadableInputError, match="1 labelled messages, fewer than 50"):
        final(path, name="gold/labels.jsonl")
    wrong = replace_labels(label, [*design.messages])
    path.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in wrong))
    with pytest.raises(UnreadableInputError, match="codebook lacks"):
        final(path, name="gold/labels.jsonl")


def replace_labels(label: GoldLabel, messages: list[str]) -> list[GoldLabel]:
    return [msgspec.structs.replace(label, message=m, intent="wondering") for m in messages]


def test_each_desk_has_its_own_keys(built: Path) -> None:
    one, other = (opened(built, hosts=("127.0.0.1",)) for _ in range(2))
    assert one.path != other.path
    assert len(one.path) > 40
    assert one.app.access.csrf not in one.path
