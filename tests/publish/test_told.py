"""What an index reads of a release's files is what the release itself tells."""

from pathlib import Path

import msgspec
import pytest

from uptake.flow.told import told_by, told_of
from uptake.model.errors import ConfigError
from uptake.model.release import Release
from uptake.publish import OUTPUTS, Edition


def test_the_files_of_a_release_tell_what_it_tells(release: Release, tmp_path: Path) -> None:
    OUTPUTS["json"](Edition(release), tmp_path)
    read, held = told_of(tmp_path), told_by(release)
    assert read.release == held.release
    assert read.notice == held.notice
    assert read.accepted == held.accepted
    assert read.named == held.named
    assert read.dates == held.dates
    assert {d: read.story(d) for d in held.named} == {d: held.story(d) for d in held.named}
    assert set(read.per_head) == set(held.per_head)
    for place, figures in held.per_head.items():
        assert read.per_head[place] == pytest.approx(figures, abs=1e-6)
    assert len(read.claims) == len(held.claims) > 0
    for one, other in zip(
        sorted(read.claims, key=lambda c: c.id),
        sorted(held.claims, key=lambda c: c.id),
        strict=True,
    ):
        for key in ("id", "doc", "type", "quote", "countries", "modality", "time"):
            assert getattr(one, key) == getattr(other, key), key
        assert one.confidence == (1.0 if one.id in held.accepted else other.confidence)
        assert one.fields == msgspec.json.decode(msgspec.json.encode(other.fields))


def test_files_of_another_kind_are_refused(tmp_path: Path) -> None:
    (tmp_path / "json").mkdir()
    (tmp_path / "json/index.json").write_text("{}", encoding="utf-8")
    with pytest.raises(
        ConfigError, match=r"is no release that this version reads .* build it again"
    ):
        told_of(tmp_path)
