"""Persons and organisations in English sentences; all are invented."""

import pytest
from tests.gather.claims.told import claims_of


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "Nino Kalandarishvili",
            (
                "Nino Kalandarishvili, who chairs the Communications Commission of Georgia, "
                "presented the results."
            ),
        ),
        (
            "Farrukh Sharipov",
            (
                "Farrukh Sharipov, deputy head of Uzbekistan's Agency for Statistics, will "
                "oversee the transfer."
            ),
        ),
        (
            "Parviz Shodmonbekov",
            (
                "The Agency for Digital Technologies of Tajikistan, led since March by Parviz "
                "Shodmonbekov, has licensed five operators."
            ),
        ),
        (
            "Aigerim Sadykova",
            (
                '"We are catching up," said Aigerim Sadykova, head of data science at Kaspi '
                "Bank in Kazakhstan."
            ),
        ),
        (
            "Elchin Guliyev",
            "Elchin Guliyev, a lawyer at the Baku-based Digital Rights Lab, disagrees.",
        ),
        (
            "Murat Demir",
            "Turkish Vice President for Digital Affairs Murat Demir opened the session.",
        ),
        (
            "Anna Petrosyan",
            (
                "Project manager Anna Petrosyan of the Armenian Development Bank said costs had "
                "fallen."
            ),
        ),
        ("Rustam Alimov", "Rustam Alimov was named chief executive of Uzbektelecom in January."),
        (
            "Levan Beridze",
            "Levan Beridze, rector of the Tbilisi Technical University, said the course was full.",
        ),
        (
            "Aliya Nurbekova",
            (
                "According to Aliya Nurbekova, a researcher with the Almaty Institute of "
                "Economics, wages rose."
            ),
        ),
        (
            "Zarina Toktogulova",
            (
                "Zarina Toktogulova, who runs the data unit at Kyrgyzstan's National Statistical "
                "Committee, said so on Monday."
            ),
        ),
        (
            "David Hakobyan",
            (
                "Economist David Hakobyan of the Yerevan Policy Institute estimates the cost at "
                "$3 million."
            ),
        ),
        (
            "Emre Yildiz",
            (
                "Emre Yildiz, chief data officer of the Turkish Employment Agency, presented the "
                "tool."
            ),
        ),
        (
            "Sanjar Umarov",
            (
                "Deputy Minister of Digital Technologies Sanjar Umarov of Uzbekistan welcomed "
                "the deal."
            ),
        ),
        (
            "Giorgi Lomidze",
            "Giorgi Lomidze has been appointed director of the Georgian Innovation Agency.",
        ),
        (
            "Bobur Rashidov",
            (
                "The project is coordinated by Bobur Rashidov, dean of engineering at Tashkent "
                "State Technical University."
            ),
        ),
    ],
)
def test_a_person_has_a_name(name: str, text: str) -> None:
    assert [c.fields["name"] for c in claims_of("person", text, "en")] == [name]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "Khazar Analytics",
            "The Baku-based firm Khazar Analytics supplied the cameras to Azerbaijan.",
        ),
    ],
)
def test_an_organisation_has_a_name(name: str, text: str) -> None:
    assert [c.fields["name"] for c in claims_of("organisation", text, "en")] == [name]
