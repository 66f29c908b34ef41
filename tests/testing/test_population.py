"""What people and messages are like: drawn distributions against those that were asked for."""

import msgspec
import numpy as np
import pytest
from scipy import stats

from uptake.catalog import facet
from uptake.model.errors import ConfigError
from uptake.model.labels import LANGUAGES
from uptake.pseudonymise import age_band, gender_of
from uptake.testing import example_spec, stream
from uptake.testing.accounts import accounts
from uptake.testing.closed import languages
from uptake.testing.corpus import Corpus, corpus
from uptake.testing.messages import Drawn, draw_messages
from uptake.testing.naming import names_of
from uptake.testing.people import GENDERS, People, base_mix, draw_people, entry_weights, pick
from uptake.testing.spec import BANDS, Spec, parse
from uptake.testing.texts import talks

N = 20_000


@pytest.fixture(scope="module")
def spec() -> Spec:
    return example_spec()


@pytest.fixture(scope="module")
def written() -> Corpus:
    return corpus()


@pytest.fixture(scope="module")
def people(spec: Spec, written: Corpus) -> People:
    return draw_people(spec, written, N, stream(1, 0))


@pytest.fixture(scope="module")
def drawn(spec: Spec, written: Corpus, people: People) -> Drawn:
    return draw_messages(spec, written, people, stream(1, 1))


def _fits(observed: np.ndarray, weights: list[float]) -> None:
    """Do a chi-square test at one in a hundred thousand; the seed is fixed."""
    asked = np.array(weights) / sum(weights)
    expected = asked * observed.sum()
    assert observed[asked == 0].sum() == 0
    assert stats.chisquare(observed[asked > 0], expected[asked > 0]).pvalue > 1e-5


def test_places_ages_genders_and_languages_are_drawn_by_their_weights(
    spec: Spec, people: People
) -> None:
    places = list(spec.places.values())
    _fits(np.bincount(people.place, minlength=6), [p.weight for p in places])
    for index, place in enumerate(places):
        here = people.place == index
        band = np.bincount(people.band[here], minlength=len(BANDS))
        _fits(band, [place.ages.get(b, 0.0) for b in BANDS])
        gender = np.bincount(people.gender[here], minlength=2)
        _fits(gender, [place.feminine, 1 - place.feminine])
        main = np.bincount(people.languages[here, 0], minlength=len(LANGUAGES))
        _fits(main, [place.languages.get(code, 0.0) for code in LANGUAGES])
        second = people.second[here] > 0
        _fits(np.bincount(second, minlength=2), [1 - place.switching, place.switching])
    switching = people.second > 0
    assert (people.languages[switching, 0] != people.languages[switching, 1]).all()


def test_a_year_of_birth_means_one_band_in_the_whole_period(people: People) -> None:
    for birth, band in set(zip(people.birth_year.tolist(), people.band.tolist(), strict=True)):
        for year in (2024, 2025, 2026):
            assert age_band(birth, None, year * 100 + 6) == BANDS[band]


def test_everybody_writes_and_adoption_grows_along_the_curve(spec: Spec, people: People) -> None:
    entry = (people.counts > 0).argmax(axis=1)
    assert (people.counts.sum(axis=1) > 0).all()
    _fits(np.bincount(entry, minlength=spec.months), entry_weights(spec).tolist())
    active = (people.counts > 0).sum(axis=0)
    assert active[-1] > 3 * active[0]


def test_activity_has_a_heavy_tail(people: People) -> None:
    sent = np.sort(people.counts.sum(axis=1))
    assert sent[-N // 100 :].sum() / sent.sum() > 0.12  # the busiest 1%; of Poisson counts 0.02
    assert np.median(sent) < 0.6 * sent.mean()
    last = people.counts[:, -1]
    assert last.var() > 10 * last.mean()
    assert 0.003 < (last > 30).mean() < 0.03


def test_a_persons_messages_resemble_each_other(written: Corpus, drawn: Drawn) -> None:
    """Shares of asking vary between people far more than a common coin would make them."""
    asking = written.intent[drawn.kind] == 0
    sent = np.bincount(drawn.person, minlength=N)
    asked = np.bincount(drawn.person, asking, minlength=N)
    busy = sent >= 40
    common = asking.mean()
    spread = ((asked - sent * common) ** 2 / (sent * common * (1 - common)))[busy].mean()
    assert spread > 3


def test_what_is_drawn_depends_on_age_place_gender_and_time(
    spec: Spec, written: Corpus, people: People, drawn: Drawn
) -> None:
    topics = facet("topic").ids

    def share(topic: str, rows: np.ndarray) -> float:
        return float((written.topic[drawn.kind][rows] == topics.index(topic)).mean())

    band = people.band[drawn.person]
    young, old = band == BANDS.index("18-24"), band >= BANDS.index("45-54")
    study = facet("work").ids.index("study")
    assert (drawn.work[young] == study).mean() > 3 * (drawn.work[old] == study).mean()
    assert share("teach", young) > 1.5 * share("teach", old)
    place = np.equal(people.place[drawn.person], list(spec.places).index("TJK"))
    assert share("teach", place) > 1.3 * share("teach", ~place)
    women = people.gender[drawn.person] == GENDERS.index("feminine")
    assert share("recipes", women) > 1.4 * share("recipes", ~women)
    assert share("make_image", drawn.month >= 15) > 1.2 * share("make_image", drawn.month <= 5)


def test_labels_are_those_of_a_text_that_exists(written: Corpus, drawn: Drawn) -> None:
    assert written.has[drawn.language, drawn.kind, drawn.work].all()


def test_a_later_message_of_a_conversation_follows_the_same_mix(
    written: Corpus, people: People, drawn: Drawn
) -> None:
    """Rank says nothing of the label, so a pick by rank is a fair one."""
    first = np.append(True, drawn.conversation[1:] != drawn.conversation[:-1])
    sizes = [np.bincount(drawn.person[rows], minlength=N) for rows in (first, ~first)]
    for intent in range(3):
        hit = written.intent[drawn.kind] == intent
        shares = [
            np.bincount(drawn.person[rows], hit[rows], minlength=N) for rows in (first, ~first)
        ]
        both = (sizes[0] > 0) & (sizes[1] > 0)
        apart = (shares[0] / np.maximum(sizes[0], 1) - shares[1] / np.maximum(sizes[1], 1))[both]
        assert abs(apart.mean()) < 4 * apart.std() / both.sum() ** 0.5
    same = drawn.kind[1:] == drawn.kind[:-1]
    assert same[~first[1:]].mean() > 3 * same[first[1:]].mean()


def test_a_conversation_is_one_persons_and_stays_in_its_month(spec: Spec, drawn: Drawn) -> None:
    begins = np.flatnonzero(np.append(True, drawn.conversation[1:] != drawn.conversation[:-1]))
    assert len(begins) == drawn.conversation[-1] + 1
    for column in (drawn.person, drawn.month):
        assert (column[begins][drawn.conversation] == column).all()
    stamps = drawn.time.astype("datetime64[s]").astype("datetime64[M]")
    first = np.datetime64(spec.first_month, "M")
    assert ((stamps - first).astype(int) == drawn.month).all()
    inside = np.diff(drawn.conversation) == 0
    assert (np.diff(drawn.time)[inside] >= 20).all()
    hours = np.bincount(drawn.time // 3600 % 24, minlength=24)
    assert hours[22] < hours[9] / 3  # 22 UTC is deep in the local night


def test_texts_carry_the_labels_that_were_drawn(written: Corpus, drawn: Drawn) -> None:
    part = Drawn(*(getattr(drawn, name)[:5000] for name in Drawn.__dataclass_fields__))
    own = {text: key for key, texts in written.texts.items() for text in texts}
    pairs = {
        (o.text, o.reply): (key, o.follow) for key, all_ in written.openings.items() for o in all_
    }
    follows = {follow for _, follow in pairs.values()}
    at, together = 0, 0
    for talk in talks(written, part, stream(1, 2)):
        assert [turn.role for turn in talk.turns] == ["user", "assistant"] * (len(talk.turns) // 2)
        said = [(a.text, b.text) for a, b in zip(talk.turns[::2], talk.turns[1::2], strict=True)]
        for i, (text, _) in enumerate(said):
            labels = part.language[at], part.kind[at], part.work[at]
            if text in follows:
                key, follow = pairs[said[i - 1]]
                assert (follow, (key[0], *key[3:])) == (text, labels)
                together += 1
            elif (text, said[i][1]) in pairs:
                assert pairs[said[i]][0][:3] == labels
            else:
                assert own[text] == labels
            at += 1
    assert at == len(part)
    assert together > 100


def test_every_name_that_is_drawn_tells_its_gender() -> None:
    chance = stream(1, 3).random((400, 3)).tolist()
    for place, about in example_spec().places.items():
        for entry in about.names:
            for gender in GENDERS:
                for numbers in chance:
                    given, family = names_of(entry).draw(gender, numbers)
                    assert gender_of(None, given, family, place) == gender
                    assert gender_of(None, given, family) == gender


def test_the_expected_mix_is_a_distribution(spec: Spec, written: Corpus) -> None:
    mix = base_mix(spec, written)
    assert mix.shape == (6, len(BANDS), 2, len(written.intent))
    assert np.allclose(mix.sum(axis=-1), 1)


def test_a_topic_without_a_text_is_refused(spec: Spec, written: Corpus) -> None:
    raw = msgspec.to_builtins(spec)
    raw["topics"]["asking"]["chitchat"] = 1.0
    with pytest.raises(ConfigError, match=r"topics\.asking\.chitchat"):
        base_mix(parse(raw), written)


def test_an_index_is_picked_by_the_weights_of_its_row() -> None:
    picked = pick(stream(1, 4), np.array([[0, 3, 1.0], [0, 0, 2.0]]), np.repeat([0, 1], 4000))
    assert (picked[4000:] == 2).all()
    _fits(np.bincount(picked[:4000], minlength=3), [0, 3, 1])


def test_a_person_who_wants_what_a_language_lacks_writes_what_it_has(
    spec: Spec, written: Corpus
) -> None:
    raw = msgspec.to_builtins(spec)
    raw["concentration"] = 0.05  # nearly everybody wants one single thing
    raw["topics"]["asking"] = {"translate": 1.0, "games_role_play": 1.0}
    for place in raw["places"].values():
        place["languages"], place["intent"] = {"tk": 1.0}, {"asking": 1.0}
    narrow = parse(raw)
    people = draw_people(narrow, written, 500, stream(1, 5))
    drawn = draw_messages(narrow, written, people, stream(1, 6))
    assert written.has[drawn.language, drawn.kind, drawn.work].all()
    assert (people.languages == LANGUAGES.index("tk")).all()


def test_a_language_of_its_own_is_all_of_the_expected_share(spec: Spec) -> None:
    raw = msgspec.to_builtins(spec)
    for place in raw["places"].values():
        place["languages"] = {"kk": 1.0}
    assert languages(parse(raw))[:, LANGUAGES.index("kk")] == pytest.approx(1)


def test_a_place_without_names_has_people_without_names(spec: Spec, written: Corpus) -> None:
    raw = msgspec.to_builtins(spec)
    for place in raw["places"].values():
        place["names"] = {}
    nameless = parse(raw)
    people = draw_people(nameless, written, 50, stream(1, 7))
    known = accounts(nameless, people, 0, stream(1, 8))
    assert {(one.given_name, one.family_name) for one in known} == {(None, None)}
