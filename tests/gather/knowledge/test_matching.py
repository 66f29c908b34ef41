"""Names meet across scripts and spellings; other people's names do not."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.gather.knowledge.matching import SAME, SURE, similarity
from uptake.gather.knowledge.spelling import initials, words

CASES = Path(__file__).parents[4] / "shared/data/documents/name-bench/contrib/name_bench/cases.csv"

PERSONS = [
    ("Касым-Жомарт Токаев", "Qasym-Jomart Toqayev"),
    ("Қасым-Жомарт Тоқаев", "Kassym-Jomart Tokayev"),
    ("Шавкат Мирзиёев", "Shavkat Mirziyoyev"),
    ("İlham Əliyev", "Ilham Aliyev"),
    ("Айгерім Қойшыбаева", "Aigerım Qoişybaeva"),
    ("Ерлан Қойшыбаев", "Erlan Qoishybaev"),
    ("Ержан Сәдуақасұлы", "Erzhan Saduakasuly"),
    ("Günel Əsgərzadə", "Gunel Asgarzade"),
    ("Ramil Hüseynbəyli", "Ramil Huseynbayli"),
    ("Дилшод Раҳматов", "Dilshod Rahmatov"),
    ("Зафар Холиқов", "Zafar Xoliqov"),
    ("Ельмар Джафаров", "Elmar Cəfərov"),
    ("Сердар Бердымухамедов", "Serdar Berdimuhamedow"),
    ("Садыр Жапаров", "Sadyr Japarov"),
    ("Эмомали Раҳмон", "Emomali Rakhmon"),
    ("Nodira Yo‘ldosheva", "Нодира Йўлдошева"),
    ("Prof. Dr. Orhan Tekinalp", "Orhan Tekinalp"),
    ("Нурлан Асанбеков", "ASANBEKOV Nurlan"),
    ("Сәбит Мұқанов", "Sábıt Muqanov"),
    ("Сәбит Мұқанов", "Säbit Mūqanov"),
    ("Сәбит Мұқанов", "Sa'bit Mu'qanov"),
    ("Шерзод Ғуломов", "Sherzod Gʻulomov"),
    ("Ҷамшед Саидов", "Jamshed Saidov"),
    ("Чаглар Шахин", "Çağlar Şahin"),
    ("Гүлнұр Жаңабекова", "Gulnur Zhanabekova"),
]


@pytest.mark.parametrize(("a", "b"), PERSONS)
def test_spellings_of_one_name_meet(a: str, b: str) -> None:
    assert similarity(a, b, "person") >= 0.83 > SAME


def test_most_spellings_need_nobody_to_look_at_them() -> None:
    sure = [similarity(a, b, "person") >= SURE for a, b in PERSONS]
    assert sum(sure) >= len(sure) - 2


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nurlan Asanbekov", "Nurlan Toleubekov"),
        ("Айгерім Қойшыбаева", "Айгүл Қойшыбаева"),
        ("Ilham Aliyev", "Ilham Rzayev"),
        ("Шавкат Мирзиёев", "Саида Мирзиёева"),
        ("A. Karimova", "Zarina Karimova"),
    ],
)
def test_other_people_do_not_meet(a: str, b: str) -> None:
    assert similarity(a, b, "person") < SURE


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("“Hazar Rəqəm” MMC", "Hazar Raqam"),
        ("ТОО «Сана Лаб»", "Sana Lab LLP"),
        ("Bozkır Veri A.Ş.", "Bozkır Veri"),
        ("Агро Нигоҳ МЧЖ", "Agro Nigoh"),
        ("Оқу-ағарту министрлігі", "Oqu-ağartu ministrlıgı"),
    ],
)
def test_organisations_meet_without_their_legal_form(a: str, b: str) -> None:
    assert similarity(a, b, "organisation") >= SURE


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Bozkır Veri", "Bozkır Qazaqstan"),
        ("Ministry of Energy", "Ministry of Health"),
        ("Growth Fund II", "Growth Fund III"),
        ("Growth Fund V", "Growth Fund VI"),
        ("School 12", "School 21"),
    ],
)
def test_organisations_that_differ_in_a_word_do_not_meet(a: str, b: str) -> None:
    assert similarity(a, b, "organisation") < SAME


NAMES = st.text("аəқжÜşçx'. -Tokv", max_size=14)


@given(NAMES, NAMES, st.sampled_from(["person", "organisation"]))
def test_likeness_is_a_share_without_direction(a: str, b: str, kind: str) -> None:
    alike = similarity(a, b, kind)
    assert 0 <= alike <= 1
    assert alike == similarity(b, a, kind)
    if words(a, kind):
        assert similarity(a, a.upper(), kind) >= 0.9 or "ə" in a.lower()


def test_an_abbreviation_is_made_of_first_letters() -> None:
    assert "ebrd" in initials("European Bank for Reconstruction and Development")
    assert "eabr" in initials("Евразийский азиатский банк развития")
    assert "iin" in initials("İqtisadi İnnovasiyalar Nazirliyi")


@pytest.mark.skipif(not CASES.is_file(), reason="the public pairs of names are not there")
def test_public_pairs_are_told_apart_with_a_bound_from_other_groups() -> None:
    sys.path.insert(0, str(Path(__file__).parents[3]))
    from benchmarks.names import f1, out_of_fold, read

    pairs = read(CASES)
    said, bounds = out_of_fold(pairs)
    assert len(pairs) > 800
    assert f1(pairs, said) >= 0.82
    assert all(abs(bound - SAME) < 0.1 for bound in bounds.values())
