"""Policies, partnerships and events in English sentences; all are invented."""

import pytest
from tests.gather.claims.told import claims_of


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (
            "adopted",
            (
                "Parliament in Bishkek passed the Digital Code in its third reading on 12 March "
                "2026, and the president signed it a week later."
            ),
        ),
        (
            "adopted",
            "The Georgian government endorsed a national AI strategy on 7 November 2025.",
        ),
        ("in_force", "Kazakhstan's AI law has applied since 18 January 2026."),
        (
            "draft",
            (
                "Armenia's draft law on artificial intelligence was sent back to the committee "
                "in April."
            ),
        ),
        (
            "draft",
            "The Milli Majlis is to take up the bill on personal data in the autumn session.",
        ),
        (
            "planned",
            "Uzbekistan intends to adopt a law on artificial intelligence by the end of 2026.",
        ),
        (
            "draft",
            (
                "A draft regulation on automated decisions was put out for public comment in "
                "Tajikistan last month."
            ),
        ),
        (
            "adopted",
            "President Kassym-Jomart Tokayev signed off on the AI development concept until 2029.",
        ),
        (
            "in_force",
            (
                "A ban on deepfakes in election campaigns has been in effect in Kyrgyzstan since "
                "January 2025."
            ),
        ),
        (
            "adopted",
            (
                "The Turkish banking regulator issued guidelines on the use of AI in lending in "
                "February 2026."
            ),
        ),
        ("drafting", "The Ministry of Justice of Armenia is drawing up rules for AI in courts."),
        (
            "adopted",
            "Under Order No. 1122 the Tajik ministry approved the Teacher AI Competence Standard.",
        ),
        (
            "adopted",
            (
                "Armenia's National Assembly gave final approval to the law on biometric data in "
                "May 2026."
            ),
        ),
        (
            "in_force",
            "New rules on automated lending have been in force in Kazakhstan since 1 April 2026.",
        ),
        ("draft", "Georgia's AI bill is now before the parliamentary committee."),
        ("planned", "Tajikistan will unveil its AI strategy by December."),
        ("adopted", "Uzbekistan's president issued a decree on AI exports on 14 March 2026."),
        ("drafting", "Kyrgyz officials are working on a concept for AI in education."),
        (
            "adopted",
            (
                "The National Bank of Georgia published a regulation on the use of AI in credit "
                "scoring."
            ),
        ),
        ("adopted", "Azerbaijan's cabinet approved a roadmap for data centres until 2030."),
        ("amended", "The Turkish parliament amended the law on personal data in March 2026."),
        ("planned", "The government of Armenia plans to ban deepfakes by law next year."),
    ],
)
def test_a_policy_has_its_status(status: str, text: str) -> None:
    assert [c.fields["status"] for c in claims_of("policy", text, "en")] == [status]


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (
            "signed",
            (
                "Azerbaijan's SOCAR and the French firm Dassault signed a memorandum of "
                "understanding on AI in Baku."
            ),
        ),
        (
            "signed",
            (
                "The Kazakh Ministry of Science and Cisco inked an agreement on training 5,000 "
                "network engineers."
            ),
        ),
        ("announced", "Uzbekistan and the UAE agreed to set up a joint AI fund."),
        (
            "ongoing",
            (
                "Georgia's Ilia State University works with the University of Helsinki on a "
                "speech corpus."
            ),
        ),
        (
            "ongoing",
            (
                "The World Bank is helping the Armenian government to digitise its archives "
                "under a joint programme."
            ),
        ),
        (
            "announced",
            (
                "The Turkish company Baykar and Azerbaijan's AzInTelecom will jointly develop "
                "drones under a deal announced on Monday."
            ),
        ),
        (
            "signed",
            (
                "A memorandum between the Uzbek Ministry of Digital Technologies and Samsung was "
                "signed in Seoul."
            ),
        ),
        ("discussed", "Georgia and Azerbaijan discussed cooperation in artificial intelligence."),
        (
            "announced",
            (
                "The Asian Development Bank and the Kyrgyz Ministry of Health will jointly "
                "develop a telemedicine platform."
            ),
        ),
        (
            "ongoing",
            (
                "Together with UNICEF, the Ministry of Education of Tajikistan trains teachers "
                "in AI tools."
            ),
        ),
        (
            "ongoing",
            "Yerevan State University and Synopsys run a joint laboratory for chip design.",
        ),
    ],
)
def test_a_partnership_has_its_state(status: str, text: str) -> None:
    assert [c.fields["status"] for c in claims_of("partnership", text, "en")] == [status]


@pytest.mark.parametrize(
    ("event_type", "text"),
    [
        (
            "forum",
            "The third Central Asia AI Forum takes place in Tashkent on 4 and 5 June 2026.",
        ),
        ("summit", "Baku will host the Caspian Digital Summit on 14 September 2026."),
        (
            "week",
            "Over 900 people attended the Silk Road Tech Week in Almaty on 10-12 March 2026.",
        ),
        (
            "conference",
            "Officials gathered in Batumi last week for the Black Sea Data Conference.",
        ),
        ("week", "Yerevan hosts the Digital Week from 3 to 7 November."),
    ],
)
def test_an_event_has_its_type(event_type: str, text: str) -> None:
    assert [c.fields["event_type"] for c in claims_of("event", text, "en")] == [event_type]
