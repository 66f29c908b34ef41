import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from uptake import catalog, label
from uptake.label import modelcard, shipped
from uptake.label.features import LETTER_BITS
from uptake.label.training import fit, validate
from uptake.label.training.examples import examples, written
from uptake.model.calibration import SIZE
from uptake.model.labels import LANGUAGES

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
SHIPPED = label.labeller("shipped")


def _alone(texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    return SHIPPED(texts, np.full(len(texts), -1, np.int32), np.ones(len(texts), np.bool_))


def _language(text: str) -> str:
    return LANGUAGES[int(_alone([text])["language"][0].argmax())]


@given(st.lists(ANY_TEXT, max_size=6))
def test_probabilities_sum_to_one_whatever_the_text(texts: list[str]) -> None:
    for head, p in _alone(texts).items():
        values = len(LANGUAGES) if head == "language" else len(catalog.facet(head).ids)
        assert p.shape == (len(texts), values)
        assert p.dtype == np.float32
        assert np.allclose(p.sum(axis=1), 1, atol=1e-5)
        assert (p >= 0).all()


@settings(max_examples=40)
@given(st.lists(st.integers(0, 1600), min_size=1, max_size=300), st.integers(1, 299))
def test_a_message_has_the_same_label_in_any_batch(chosen: list[int], at: int) -> None:
    texts = [WRITTEN[index % len(WRITTEN)]["text"] for index in chosen]
    whole = _alone(texts)
    parts = [_alone(part) for part in (texts[:at], texts[at:]) if part]
    for head, p in whole.items():
        assert (p == np.vstack([part[head] for part in parts])).all()


WRITTEN = written()


def test_empty_batches_and_batches_of_the_assistant_alone_are_fine() -> None:
    assert _alone([])["topic"].shape == (0, 24)
    found = SHIPPED(["hello"], np.array([-1], np.int32), np.array([False]))
    assert found["topic"].shape == (0, 24)


def test_a_follow_up_takes_the_topic_of_what_it_follows() -> None:
    topics = catalog.facet("topic").ids

    def topic_after(opening: str, answer: str) -> dict[str, float]:
        found = SHIPPED(
            [opening, answer, "and the next one?"],
            np.array([-1, 0, 1], np.int32),
            np.array([True, False, True]),
        )
        return dict(zip(topics, found["topic"][1].tolist(), strict=True))

    translation = topic_after("Translate to Kazakh: the meeting is on Monday", "Жиналыс дүйсенбіде")
    recipe = topic_after("Recipe for plov with chickpeas please", "Fry onions, add rice and water")
    assert translation["translate"] > 2 * recipe["translate"]
    assert recipe["recipes"] > 2 * translation["recipes"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("how do I unfreeze a pipe", "en"),
        ("привет, как дела", "ru"),
        ("қалайсың, не істеп жатырсың", "kk"),
        ("qalaisyñ, ne istep jatyrsyñ", "kk"),
        ("salom, ishlar qalay", "uz"),
        ("салом, ишлар қалай", "uz"),
        ("кандайсың, эмне кылып жатасың", "ky"),
        ("салом, корҳо чӣ хел", "tg"),
        ("salam, ýagdaýlaryň nähili", "tk"),
        ("salam, işlər necədir", "az"),
        ("merhaba, bugün hava nasıl", "tr"),
        ("Wie komme ich morgen früh zum Bahnhof?", "other"),
        ("今天天气怎么样", "other"),
        ("ما معنى هذه الكلمة", "other"),
    ],
)
def test_the_language_of_a_short_message_is_told(text: str, language: str) -> None:
    assert _language(text) == language


def test_a_mixed_message_names_its_main_language() -> None:
    assert _language("ертең дедлайн, отчётты қалай тез бітірсем болады айтшы") == "kk"
    assert _language("менга тайм менеджмент ҳақида қисқача маълумот беринг iltimos") == "uz"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x" * 1_000_000,
        "QUJDRA==" * 6_000,
        "\ud800\udfff\ud800",
        "a\x00b\x00",
        "مرحبا كيف",
        "😀",
        "😀" * 250_000,
        "def f(x):\n    return [y ** 2 for y in x if y]\n" * 200,
        "שלום, מה שלומך היום? \u202eמרחבא\u202c",
        "hello сәлем سلام 你好 გამარჯობა",
        " \n\t\u200b\u2028",
    ],
)
def test_odd_input_gets_a_label_quickly(text: str) -> None:
    begin = time.perf_counter()
    found = _alone([text])
    assert time.perf_counter() - begin < 0.5
    assert np.isfinite(found["topic"]).all()


def test_a_text_in_a_language_of_nobody_here_still_gets_a_topic() -> None:
    topics = catalog.facet("topic").ids
    found = _alone(
        ["Kannst du mir bitte ein Programm in Python schreiben, das eine Liste in SQL sortiert?"]
    )
    assert LANGUAGES[int(found["language"][0].argmax())] == "other"
    assert topics[int(found["topic"][0].argmax())] == "programming"


def test_a_text_in_no_language_is_other() -> None:
    assert {_language(text) for text in ("", "😀", "12345", "?!")} == {"other"}


def test_shipped_weights_meet_the_floors_by_their_card() -> None:
    validation = label.card("shipped")["validation"]
    heads = validation["heads"]
    assert heads["intent"]["kappa"] >= 0.66
    assert heads["topic group"]["kappa"] >= 0.56
    assert heads["topic"]["kappa"] >= 0.50
    assert heads["work against not work"]["kappa"] >= 0.50
    expressing = heads["intent"]["values"].index("expressing")
    assert heads["intent"]["recall"][expressing] >= 0.60
    for name in ("intent", "work", "topic", "topic group by sum"):
        assert heads[name]["calibration_error"] <= 0.05
    assert validation["language_calibration_error"] <= 0.05
    languages = validation["language"]
    expected = set(LANGUAGES) - {"other"} | {"uz-cyrillic", "kk-latin", "mixed"}
    assert expected <= set(languages)
    for name in expected:
        assert languages[name]["n"] >= 100
        assert languages[name]["sentences"] >= 0.97
        assert name == "mixed" or languages[name]["under_40"] >= 0.90


def test_no_language_lies_ten_points_under_english_by_the_card() -> None:
    found = label.card("shipped")["validation"]["written"]
    assert set(found) == set(LANGUAGES) - {"other"}
    for figures in found.values():
        assert figures["topic_group"] >= found["en"]["topic_group"] - 0.10


def test_the_card_counts_how_stored_values_come_from_true_ones() -> None:
    calibration = label.card("shipped")["calibration"]
    assert calibration["how"]
    messages = {sum(map(sum, calibration[n]["counts"])) for n in ("intent", "work", "topic")}
    assert len(messages) == 1
    for name in ("intent", "work", "topic", "topic_group", "language"):
        values, counts = calibration[name]["values"], calibration[name]["counts"]
        if name == "language":
            assert values == list(LANGUAGES)
        elif name != "topic_group":
            assert values == list(catalog.facet(name).ids)
        wide = len(values) * (1 if name == "language" else SIZE)
        assert [len(row) for row in counts] == [wide] * len(values)
    topic = np.array(calibration["topic"]["counts"]).reshape(24, 24, SIZE)
    of_topic = validate.group_of_topic()
    summed = np.zeros((7, 7, SIZE), dtype=np.int64)
    np.add.at(summed, (of_topic[:, None], of_topic[None]), topic)
    assert (summed.reshape(7, -1) == calibration["topic_group"]["counts"]).all()
    heads = label.card("shipped")["validation"]["heads"]
    for name in ("intent", "work", "topic"):
        counts = np.array(calibration[name]["counts"])
        assert (
            counts.reshape(*counts.shape[:1], -1, SIZE).sum(axis=2).tolist()
            == (heads[name]["confusion"])
        )


def test_the_card_names_the_weights_that_are_shipped() -> None:
    import hashlib

    raw = (modelcard.FOLDER / modelcard.WEIGHTS).read_bytes()
    card = label.card("shipped")
    assert card["sha256"] == hashlib.sha256(raw).hexdigest()
    assert len(raw) < 25_000_000
    assert (modelcard.FOLDER / modelcard.PAGE).read_text(encoding="utf-8") == modelcard.page(card)


def test_weights_come_back_as_written_and_the_same_bytes(tmp_path: Path) -> None:
    weights = shipped.read(modelcard.FOLDER / modelcard.WEIGHTS)
    shipped.write(weights, tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == (
        modelcard.FOLDER / modelcard.WEIGHTS
    ).read_bytes()


def test_the_weights_are_numbers_under_the_expected_names_and_nothing_else() -> None:
    import zipfile

    expected = {*shipped.Weights.__slots__, *(f"{name}_step" for name in shipped.SMALL)}
    with zipfile.ZipFile(modelcard.FOLDER / modelcard.WEIGHTS) as archive:
        assert {name.removesuffix(".npy") for name in archive.namelist()} == expected
        assert not archive.comment
    weights = shipped.read(modelcard.FOLDER / modelcard.WEIGHTS)
    for name in shipped.Weights.__slots__:
        assert getattr(weights, name).dtype in (np.float32, np.int32)


def test_a_word_of_the_training_text_stands_nowhere_in_the_weights(tmp_path: Path) -> None:
    canary = "qwcanarywordzx"
    rows = [{**row, "text": f"{canary} {row['text']} {canary}"} for row in WRITTEN[:150]]
    data = examples(rows)
    made = fit.design(data)
    heads = fit.heads(made, np.hstack(list(fit.targets(data).values())), data.origin)
    letters = np.zeros(((1 << LETTER_BITS) + 1, len(LANGUAGES)), dtype=np.float32)
    shipped.write(fit.ungated(made, heads, letters), tmp_path / "weights.npz")
    with np.load(tmp_path / "weights.npz", allow_pickle=False) as stored:
        raw = b"".join(stored[name].tobytes() for name in stored.files)
    for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
        assert canary.encode(encoding) not in raw
