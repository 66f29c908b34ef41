"""Numbers in English sentences, and sentences without claims; all are invented."""

import pytest
from tests.gather.claims.told import claims_of


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (
            18340,
            "actual",
            "The system has processed 18,340 transactions in Kyrgyzstan since October.",
        ),
        (
            29,
            "actual",
            (
                "About 29% of jobseekers in Uzbekistan found work within three months, against "
                "21% of those served the old way."
            ),
        ),
        (
            2090000,
            "actual",
            (
                "Of the US$2.35 million granted to Tajikistan by the foundation, $2.09 million "
                "was spent."
            ),
        ),
        (
            4200,
            "target",
            "The project set out to train 4,200 teachers in Tajikistan in the use of AI tools.",
        ),
        (12, "target", "Kazakhstan aims to raise the share of AI in GDP to 12% by 2030."),
        (353, "actual", "Unit cost came down to $353 per certified teacher in Georgia."),
        (
            1046,
            "actual",
            "Tajik universities awarded 1,046 machine-learning certificates in 2025.",
        ),
        (
            13.4,
            "actual",
            "Youth unemployment in Uzbekistan stood at 13.4% in the second quarter.",
        ),
        (
            34,
            "actual",
            "Azerbaijan came 34th in the index, four places higher than a year earlier.",
        ),
        (41, "actual", "Armenia shares 41st place with Moldova in the AI readiness ranking."),
        (
            20,
            "actual",
            "Registration in Georgia now takes 20 minutes on average instead of five days.",
        ),
        (86000000, "actual", "Development cost the Kyrgyz budget 86 million soms."),
        (
            18000,
            "actual",
            "The academy in Yerevan has put some 18,000 teachers through the course.",
        ),
        (
            5000,
            "target",
            "The concept of Turkmenistan foresees 5,000 specialists by the end of the decade.",
        ),
        (
            60,
            "actual",
            (
                "One of the operators in Tajikistan says that 60 to 65 per cent of the racks are "
                "already let."
            ),
        ),
        (47, "actual", "Kazakhstan ranks 47th of 193 countries in the e-government index."),
        (61, "target", "Uzbekistan plans to bring the share of digital payments to 61% by 2028."),
        (640, "actual", "Georgia's start-ups raised $640 a head."),
        (38, "actual", "At 38 of its 51 stations in Turkmenistan the model is in use."),
        (7.5, "actual", "Kyrgyz internet speeds rose 7.5% in a year."),
        (112000, "actual", "As many as 112,000 Kazakh pupils logged in to the platform."),
        (15, "actual", "Processing time in Armenia fell from 40 to 15 minutes."),
        (250, "target", "The Uzbek project envisages 250 MW of capacity by 2030."),
        (33.3, "actual", "One in three firms in Azerbaijan uses AI."),
        (60, "actual", "Six in 10 applications in Kazakhstan are handled without a visit."),
        (40, "actual", "Two in five Tajik graduates turn to an AI assistant every week."),
        (25, "actual", "A quarter of Georgian clinics have an AI tool."),
        (312, "actual", "The number of AI start-ups in Kazakhstan has climbed to 312."),
        (4516, "actual", "When the books closed, 4,516 Tajik teachers held a certificate."),
        (1397, "actual", "On the Kyrgyz side the count stood at 1,397."),
        (640000, "target", "A further 640,000 euros has been pledged for Kyrgyzstan."),
        (
            11.2,
            "actual",
            "The average download speed in Ashgabat was 11.2 Mbps in the first quarter.",
        ),
        (31, "actual", "An hour of a GPU costs 31 somoni in Tajikistan."),
        (97, "actual", "The tool is used in every one of Georgia's 97 schools."),
        (19, "actual", "Azerbaijan sits 19th in the ranking."),
        (63.5, "actual", "Women made up 63.5% of those certified in Tajikistan."),
        (
            412600,
            "actual",
            (
                "The ministry said 412,600 people in Uzbekistan had gone through the system "
                "since January."
            ),
        ),
        (2000000, "target", "By 2030, Uzbekistan wants two million people to have AI skills."),
        (1.4, "actual", "Armenia spends 1.4 per cent of GDP on research."),
        (17, "actual", "Seventeen Uzbek banks use AI scoring."),
        (4, "actual", "The index of Georgia improved by 4 points."),
        (22, "actual", "Georgia climbed six places to 22nd."),
        (310, "actual", "The hall in Kazakhstan holds 310 GPUs."),
    ],
)
def test_a_number_is_reached_or_aimed_at(value: float, kind: str, text: str) -> None:
    told = [(c.fields["value"], c.fields["kind"]) for c in claims_of("indicator", text, "en")]
    assert (value, kind) in told


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        ("initiative", "Experts say Kyrgyzstan does not have a national AI platform."),
        ("initiative", "The ministry denied that a facial recognition system had been bought."),
        ("initiative", "Uzbek officials have no plans to buy a facial recognition system."),
        ("initiative", "Analysts warn that an AI platform cannot create jobs in Georgia."),
        (
            "initiative",
            "The Kazakh ministry should build a national platform for AI, the report recommends.",
        ),
        ("policy", "Georgia has no law on artificial intelligence."),
        ("policy", "Turkmenistan lacks a strategy for artificial intelligence."),
        ("partnership", "No agreement between the bank and Kyrgyzstan has been signed."),
        ("partnership", "The bank and the ministry in Baku have not signed any agreement."),
        ("indicator", "Completion was highest among Kyrgyz teachers under 35."),
        ("indicator", "A survey (n = 642, fielded in May 2025) was carried out in Tajikistan."),
        ("indicator", "The hotline in Kazakhstan is available at 1414 around the clock."),
        ("indicator", "Annexes: 1 (cohort lists), 2 (survey instrument), 3 (audit, 14 pp.)"),
        ("indicator", "Several dozen firms in Armenia took part."),
        ("indicator", "Call 1450 for the Georgian support line."),
        ("indicator", "Chapter 4 deals with Armenia."),
        ("indicator", "A handful of Georgian schools took part."),
        ("indicator", "In Georgia, tickets go on sale at 9:30 a.m."),
        ("indicator", "The Armenian law runs to 48 articles."),
        ("indicator", "Room 214 of the ministry in Tashkent hosts the unit."),
        ("indicator", "Kazakhstan's 2030 strategy is silent on this."),
        ("indicator", "Version 3.2 of the Kazakh model was released."),
        ("indicator", "Some experts in Georgia expect thousands of jobs."),
        ("indicator", "Kazakhstan is among the top 30 countries."),
    ],
)
def test_a_sentence_without_a_claim_gives_none(type_: str, text: str) -> None:
    assert claims_of(type_, text, "en") == []


def test_headlines_of_other_stories_tell_nothing() -> None:
    text = (
        "The AI platform in Georgia opened in May. It serves 40 banks.\n\n"
        "Read next:\nKazakh lender cuts 400 branch jobs\nBaku opens a robot park\n"
    )
    assert [c.fields["value"] for c in claims_of("indicator", text, "en")] == [40]
    assert [c.countries for c in claims_of("initiative", text, "en")] == [("GEO",)]
