import numpy as np
import pytest

from uptake import catalog, label
from uptake.model.errors import ConfigError, UnknownNameError
from uptake.model.labels import LANGUAGES, SCHEMA
from uptake.model.messages import Messages


def _messages() -> Messages:
    count = 2
    return Messages(
        texts=["Translate: good morning", "Қайырлы таң", "thanks a lot!"],
        parents=np.array([-1, 0, 1], dtype=np.int32),
        is_user=np.array([True, False, True]),
        user=np.array([b"u" * 16, b"v" * 15 + b"\0"], dtype="S16"),
        user_known=np.array([True, False]),
        conversation=np.array([b"c" * 16] * count, dtype="S16"),
        message=np.array([b"m" * 16, b"\0" * 16], dtype="S16"),
        bucket=np.array([3, 7], dtype=np.uint8),
        time=np.array([1_700_000_000, -1]),
        month=np.array([202311, 0], dtype=np.int32),
        place=["KAZ", "unknown"],
        age_band=["25-34", "unknown"],
        gender=["feminine", "unknown"],
    )


def test_labels_hold_who_when_where_and_probabilities_but_no_text() -> None:
    table = label.label(_messages(), label.labeller("shipped")).table
    assert table.schema.equals(SCHEMA)
    rows = table.to_pylist()
    assert [row["user"] for row in rows] == [b"u" * 16, b"v" * 15 + b"\0"]
    assert rows[1]["message"] == b"\0" * 16
    assert rows[0]["place"] == "KAZ"
    assert rows[0]["time"] == 1_700_000_000
    assert "good morning" not in str(rows)
    for row in rows:
        for facet in ("intent", "work", "topic"):
            ids, p = catalog.facet(facet).ids, row[f"{facet}_p"]
            assert row[facet] == ids[int(np.argmax(p))]
            assert abs(sum(p) - 255) <= len(ids) / 2


def test_the_group_of_a_label_is_that_of_its_topic() -> None:
    table = label.label(_messages(), label.labeller("shipped")).table
    group = {value.id: value.group for value in catalog.facet("topic").values}
    for row in table.to_pylist():
        assert row["topic_group"] == group[row["topic"]]


def test_any_callable_of_that_shape_is_a_labeller() -> None:
    def same(texts: object, parents: object, is_user: object) -> dict[str, np.ndarray]:
        sizes = {h: len(catalog.facet(h).ids) for h in ("intent", "work", "topic")}
        sizes["language"] = len(LANGUAGES)
        return {h: np.eye(n, dtype=np.float32)[[1, 0]] for h, n in sizes.items()}

    rows = label.label(_messages(), same).table.to_pylist()
    assert [row["intent"] for row in rows] == ["doing", "asking"]
    assert [row["language"] for row in rows] == ["ru", "en"]
    assert rows[0]["language_p"] == 255


def test_an_unknown_labeller_lists_what_there_is() -> None:
    with pytest.raises(UnknownNameError, match="there is: shipped"):
        label.labeller("oracle")


class _Point:
    name, value = "shipped", "elsewhere:make"


def test_another_package_can_not_take_our_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label, "entry_points", lambda group: [_Point()])
    with pytest.raises(ConfigError, match="taken"):
        label.labellers()


class _Other:
    name, value = "other", "elsewhere:make"

    @staticmethod
    def load() -> object:
        return lambda: "made"


def test_another_package_brings_a_labeller_by_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label, "entry_points", lambda group: [_Other()])
    assert sorted(label.labellers()) == ["other", "shipped"]
    assert label.labeller("other") == "made"  # type: ignore[comparison-overlap]
    assert label.card("other") == {"name": "other"}
