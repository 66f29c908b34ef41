"""Names behind an introduction, in the nine languages of the codebook; no other names."""

import pytest

from uptake.model.masked import Masked
from uptake.pseudonymise.mask import mask, mask_all


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Hi, my name is John Smith and I work", "Hi, my name is <NAME> and I work"),
        ("My name's O'Neil.", "My name's <NAME>."),
        ("Меня зовут Айгерим Нурланова, мне 30", "Меня зовут <NAME>, мне 30"),
        ("моё имя: Анна-Мария", "моё имя: <NAME>"),
        ("менің атым Айгүл Нұрланқызы", "менің атым <NAME>"),
        ("Mening ismim Dilnoza Karimova.", "Mening ismim <NAME>."),
        ("Менинг исмим Дилноза", "Менинг исмим <NAME>"),
        ("mənim adım Leyla", "mənim adım <NAME>"),
        ("Benim adım Ayşe Yılmaz.", "Benim adım <NAME>."),
        ("Merhaba! Adım Mehmet, 25 yaşındayım", "Merhaba! Adım <NAME>, 25 yaşındayım"),
        ("Менин атым Бакыт", "Менин атым <NAME>"),
        ("Номи ман Фирӯз аст", "Номи ман <NAME> аст"),
        ("Meniň adym Maral", "Meniň adym <NAME>"),
    ],
)
def test_the_name_behind_an_introduction_is_masked(text: str, masked: str) -> None:
    assert mask(text) == Masked(masked, (("NAME", 1),))
    assert mask_all([text, "x"]) == [mask(text), Masked("x")]
    assert mask(masked) == Masked(masked)


@pytest.mark.parametrize(
    "text",
    [
        "my name is not important",
        "bu adım Avrupa için önemli",
        "как меня зовут?",
        "Абайдың атым деген сөзі",
        "John Smith wrote it",
        "Айгерим Нурланова пишет",
    ],
)
def test_other_names_and_words_stay(text: str) -> None:
    assert mask(text) == Masked(text)
    assert mask_all([text]) == [Masked(text)]
