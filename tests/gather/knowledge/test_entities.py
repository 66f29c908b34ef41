"""Who is who: spellings merge, judgements stand before scores, merges can be taken back."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gather.knowledge.conftest import Constructed, claim

from uptake.gather.knowledge.entities import entities, sides
from uptake.gather.knowledge.judgements import active, judgement
from uptake.model.claim import Claim
from uptake.model.knowledge import Entity, Judgement


def person(doc: str, name: str, **more: object) -> Claim:
    return claim(doc, name, "person", name=name, **more)


def organisation(doc: str, name: str, **more: object) -> Claim:
    return claim(doc, name, "organisation", name=name, **more)


def decide(kind: str, a: str, b: str, number: int = 0, **data: object) -> Judgement:
    when = f"2026-05-04T09:30:00.{number:06d}+00:00"
    return judgement(kind, f"{a}|{b}", "Ayla", when, "", data)  # type: ignore[arg-type]


def groups(found: tuple[Entity, ...]) -> set[frozenset[str]]:
    return {frozenset(entity.names) for entity in found}


def together(found: tuple[Entity, ...], a: str, b: str) -> bool:
    return any({a, b} <= group for group in groups(found))


TOKAYEV = ["Қасым-Жомарт Тоқаев", "Касым-Жомарт Токаев", "Kassym-Jomart Tokayev"]


def test_a_person_is_one_under_all_spellings() -> None:
    (found,) = entities([person(f"d{n}", name) for n, name in enumerate(TOKAYEV)])
    assert set(found.names) == set(TOKAYEV)
    assert len(found.claims) == 3
    assert len(found.merged) == 2


def test_a_split_keeps_two_names_apart_through_any_chain() -> None:
    claims = [person(f"d{n}", name) for n, name in enumerate(TOKAYEV)]
    found = entities(claims, [decide("split", TOKAYEV[0], TOKAYEV[2])])
    assert not together(found, TOKAYEV[0], TOKAYEV[2])
    assert len(found) == 2


def test_a_merge_joins_what_no_spelling_tells() -> None:
    claims = [organisation("a", "Ala-Too Energo"), organisation("b", "Бишкекские сети")]
    assert len(entities(claims)) == 2
    (found,) = entities(claims, [decide("merge", "Ala-Too Energo", "Бишкекские сети")])
    assert found.merged == (("Ala-Too Energo", "Бишкекские сети", "judgement"),)


def test_an_undone_merge_leaves_the_names_as_they_were() -> None:
    claims = [organisation("a", "Ala-Too Energo"), organisation("b", "Бишкекские сети")]
    merge = decide("merge", "Ala-Too Energo", "Бишкекские сети")
    undo = judgement("undo", merge.id, "Ayla", "2026-05-05T09:30:00.000000+00:00")
    assert entities(claims, active([merge, undo])) == entities(claims)


def test_a_split_against_merges_wins() -> None:
    names = ["Alpha Data", "Beta Cloud", "Gamma Nets"]
    made = [
        decide("merge", names[0], names[1]),
        decide("merge", names[1], names[2], 1),
        decide("split", names[0], names[2], 2),
    ]
    found = entities([organisation(n, n) for n in names], made)
    assert not together(found, names[0], names[2])


def test_of_two_judgements_on_one_pair_the_later_holds() -> None:
    claims = [organisation("a", "Alpha Data"), organisation("b", "Beta Cloud")]
    made = [
        decide("split", "Alpha Data", "Beta Cloud"),
        decide("merge", "Beta Cloud", "Alpha Data", 1),
    ]
    assert len(entities(claims, made)) == 1
    assert len(entities(claims, made[::-1])) == 2


def test_a_judgement_on_entities_holds_after_their_ids_changed() -> None:
    data = sides(["Ala-Too Energo"], ["Бишкекские сети"])
    made = decide("merge", "0123456789abcdef", "fedcba9876543210", **data)
    claims = [organisation("a", "Ala-Too Energo"), organisation("b", "Бишкекские сети")]
    assert len(entities(claims, [made])) == 1


def test_two_people_with_one_family_name_stay_two() -> None:
    names = ["Зарина Каримова", "Дилноза Каримова"]
    assert len(entities([person("d", name) for name in names])) == 2


def test_a_family_name_joins_the_one_bearer_of_its_document() -> None:
    one = [person("d", "Zhaslan Madiyev"), person("d", "Madiyev")]
    assert groups(entities(one)) == {frozenset({"Zhaslan Madiyev", "Madiyev"})}
    two = [*one, person("d", "Daniyar Madiyev")]
    assert frozenset({"Madiyev"}) in groups(entities(two))
    elsewhere = [person("d", "Zhaslan Madiyev"), person("e", "Madiyev")]
    assert len(entities(elsewhere)) == 2


def test_an_initial_joins_only_if_one_bearer_fits() -> None:
    assert len(entities([person("d", "A. Karimova"), person("e", "Aziza Karimova")])) == 1
    names = ["A. Karimova", "Aziza Karimova", "Asel Karimova"]
    assert len(entities([person("d", name) for name in names])) == 3


def test_an_organisation_is_one_with_the_abbreviation_that_a_document_introduces() -> None:
    claims = [
        organisation("a", "Центр медицинских данных", abbreviation="ЦМД"),
        organisation("b", "ЦМД"),
    ]
    assert len(entities(claims)) == 1


def test_an_abbreviation_joins_the_one_name_with_these_first_letters() -> None:
    found = entities([organisation("a", "Steppe Digital Initiative"), organisation("b", "SDI")])
    assert len(found) == 1
    assert found[0].merged[0][2] == "first letters"
    names = ["Steppe Digital Initiative", "Samarkand Data Institute", "SDI"]
    assert len(entities([organisation(name, name) for name in names])) == 3


def test_organisations_of_many_countries_meet_under_translated_names() -> None:
    names = ["World Bank", "Всемирный банк", "Dünya Bankası", "Jahon banki", "Дүниежүзілік банк"]
    (found,) = entities([organisation(name, name) for name in names])
    assert {why for _, _, why in found.merged} == {"catalogue"}


def test_ministries_of_two_states_are_two_under_one_name() -> None:
    found = entities(
        [
            organisation("a", "Ministry of Energy", org_type="government", countries=["KAZ"]),
            organisation("b", "Ministry of Energy", org_type="government", countries=["UZB"]),
        ]
    )
    assert [entity.name for entity in found] == ["Ministry of Energy"] * 2
    assert found[0].id != found[1].id


def test_a_ministry_of_an_untold_state_joins_the_one_that_fits() -> None:
    def ministry(doc: str, *countries: str) -> Claim:
        name = "Ministry of Energy"
        return organisation(doc, name, org_type="government", countries=list(countries))

    untold = claim("c", "x", "partnership", parties=["Ministry of Energy", "OpenAI"])
    one = entities([ministry("a", "KAZ"), untold])
    assert [(e.name, len(e.claims), e.merged) for e in one] == [
        ("Ministry of Energy", 2, ()),
        ("OpenAI", 1, ()),
    ]
    two = entities([ministry("a", "KAZ"), ministry("b", "UZB"), untold])
    assert sorted(len(e.claims) for e in two if e.name == "Ministry of Energy") == [1, 1, 1]


def test_parties_and_actors_are_named_but_no_places_and_no_common_words() -> None:
    found = entities(
        [
            claim("a", "x", "partnership", parties=["Kazakhstan", "OpenAI", "private firms"]),
            claim("b", "y", "initiative", actors=["OpenAI"]),
        ]
    )
    assert [entity.name for entity in found] == ["OpenAI"]
    assert len(found[0].claims) == 2


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Bozkır Veri", "Bozkır Veri Teknolojileri A.Ş."),
        ("Hazar Rəqəm", "Hazar Rəqəm MMC"),
        ("İqtisadi Əməkdaşlıq və İnkişaf Təşkilatı", "OECD"),
    ],
)
def test_organisations_of_the_constructed_documents_meet(
    a: str, b: str, constructed: Constructed
) -> None:
    assert together(entities(list(constructed.claims.values())), a, b)


def test_no_two_people_of_the_constructed_documents_are_made_one(constructed: Constructed) -> None:
    found = entities(list(constructed.claims.values()))
    merged = [entity.names for entity in found if entity.kind == "person" and entity.merged]
    assert merged == [], "each person of these documents is spelt in one way"


POOL = [
    *(person(f"p{n}", name) for n, name in enumerate([*TOKAYEV, "Q. Toqaev", "Тоқаев"])),
    *(
        organisation(f"o{n}", name)
        for n, name in enumerate(["World Bank", "Jahon banki", "Sana Lab", "ТОО «Сана Лаб»"])
    ),
]


@settings(max_examples=40)
@given(st.permutations(POOL), st.data())
def test_the_order_of_claims_does_not_matter_and_splits_always_hold(
    claims: list[Claim], data: st.DataObject
) -> None:
    names = sorted(str(c.fields["name"]) for c in POOL)
    pairs = st.sampled_from(list(itertools.combinations(names, 2)))
    apart = data.draw(st.lists(pairs, max_size=3))
    made = [decide("split", a, b, n) for n, (a, b) in enumerate(apart)]
    found = entities(claims, made)
    assert found == entities(POOL, made)
    assert not any(together(found, a, b) for a, b in apart)
    assert sorted(name for entity in found for name in entity.names) == names


def test_names_with_a_bar_are_merged_by_the_data_of_the_judgement() -> None:
    names = "Steppe|Labs", "Dala zerthanasy"
    claims = [organisation("a", names[0]), organisation("b", names[1])]
    made = decide("merge", *names, **sides(names[:1], names[1:]))
    assert together(entities(claims, [made]), *names)


def test_merges_in_a_circle_and_a_split_among_them_leave_the_split_names_apart() -> None:
    names = "Alfa Bank", "Delta Mining", "Orbit Telecom"
    claims = [organisation(f"d{n}", name) for n, name in enumerate(names)]
    circle = [decide("merge", names[n], names[(n + 1) % 3], n) for n in range(3)]
    assert groups(entities(claims, circle)) == {frozenset(names)}
    apart = entities(claims, [*circle, decide("split", names[0], names[2], 9)])
    assert not together(apart, names[0], names[2])
    assert entities(claims, [decide("merge", names[0], names[0])]) == entities(claims)
