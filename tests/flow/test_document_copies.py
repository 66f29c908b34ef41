"""Two files of the same bytes are one document, and the build says so."""

from pathlib import Path

from tests.flow.conftest import CONFIG

from uptake.config import read
from uptake.flow.evidence import gather_all

STORY = """Kazakhstan opens a data centre

ASTANA, April 14, 2026 - Kazakhstan's Ministry of Energy spent more than 11.4 billion tenge on AI \
in 2025, Deputy Energy Minister Arman Toleubekov said. The centre in Karaganda will train {} \
specialists by the end of 2028, and universities of the region may use it free of charge.
"""


def test_a_copy_to_the_byte_is_named_and_an_edited_copy_counts(tmp_path: Path) -> None:
    (tmp_path / "observatory.toml").write_text(CONFIG)
    (tmp_path / "documents").mkdir()
    for name, trained in (("a", 500), ("b", 500), ("c", 600)):
        (tmp_path / "documents" / f"{name}.txt").write_text(STORY.format(trained))
    found = gather_all(tmp_path, read(tmp_path), tmp_path / "stored", 1, lambda _: True)
    copies = [(i.file, i.code, i.severity) for i in found.issues]
    assert copies == [("b.txt", "document-copy", "warning")]
    assert "a.txt" in found.issues[0].detail
    assert [d.file for d in found.evidence.documents] == ["a.txt", "c.txt"]
    assert [len(s.documents) for s in found.knowledge.stories] == [2]
    assert [m.articles for m in found.knowledge.views["all"].attention] == [2]
    ids = [claim.id for claim in found.knowledge.claims]
    assert len(ids) == len(set(ids))
