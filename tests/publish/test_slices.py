"""Withheld, not published and zero are three things, and values come in a readable order."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from uptake.model.estimate import Estimate, Estimates, Group, Key
from uptake.model.release import Release
from uptake.publish.grid import printed, size
from uptake.publish.slices import Mark, Slices, Where, largest, split_of

ZERO = Estimate(0.0, 0.0, 0.04, 0.95, 90, "sampling")


def test_the_three_marks_never_mix() -> None:
    shown, hidden = Where("KAZ").key("intent", "asking"), Where("KAZ").key("intent", "doing")
    slices = Slices(Estimates({shown: ZERO, hidden: None}))
    absent = slices.share(Where("UZB").key("intent", "asking"))
    assert slices.share(shown) is ZERO
    assert slices.share(hidden) is Mark.WITHHELD
    assert absent is Mark.NOT_PUBLISHED
    texts = {printed(slices.share(key)).text for key in (shown, hidden)} | {printed(absent).text}
    assert texts == {"0%", "[c]", "[x]"}


def test_a_group_s_size_bears_the_same_marks() -> None:
    sizes = {Where("KAZ").path: Group(0, 0, 0), Where("UZB").path: Group(None, None, None)}
    slices = Slices(Estimates({}, sizes))
    texts = [size(slices.group(Where(place)), "people").text for place in ("KAZ", "UZB", "TJK")]
    assert texts == ["0", "[c]", "[x]"]


def test_values_come_as_one_reads_them(release: Release) -> None:
    slices = Slices(release.estimates, [p.iso3 for p in release.places])
    assert slices.values("age_band")[0] == "13-17"
    assert slices.values("age_band")[-2:] == ("65+", "unknown")
    assert slices.values("place") == ("KAZ", "TKM", "unknown")
    assert slices.answers("intent") == ("asking", "doing", "expressing")
    assert slices.values("month", Where("KAZ"))[0] == "2025-01"
    languages = slices.values("language")
    shares = [release.estimates.shares[Where().key("language", v)] for v in languages[:-1]]
    known = [e.value for e in shares if e is not None]
    assert known == sorted(known, reverse=True)
    assert languages[-1] == "other"


def test_a_split_that_was_not_made_has_no_values(release: Release) -> None:
    slices = Slices(release.estimates)
    assert slices.values("gender", Where(language="ru")) == ()
    assert not slices.has("intent", Where(language="ru", gender="feminine"))


def test_withheld_cells_are_counted_once_each(release: Release) -> None:
    counted = Slices(release.estimates).withheld_by_split()
    keys = [k for k in release.estimates.shares if k.measure == "message_share"]
    assert sum(whole for _, whole in counted.values()) == len(keys)
    hidden = [k for k in keys if release.estimates.shares[k] is None]
    assert sum(n for n, _ in counted.values()) == len(hidden)


@given(st.tuples(*(st.sampled_from(["all", "x"]) for _ in range(5))))
def test_a_key_a_group_and_a_path_agree_on_their_split(path: tuple[str, ...]) -> None:
    where = Where(*path)
    assert where.split == split_of(where.path) == split_of(where.key("intent", "asking"))


def test_the_largest_come_first_and_marks_not_at_all() -> None:
    big = replace(ZERO, value=0.5, high=0.6)
    assert largest([("a", ZERO), ("b", Mark.WITHHELD), ("c", big)]) == [("c", big), ("a", ZERO)]


def test_a_key_without_its_group_is_found_by_value() -> None:
    key = Key("intent", "asking", "reach")
    assert Slices(Estimates({key: ZERO})).share(Key("intent", "asking", "reach")) is ZERO
