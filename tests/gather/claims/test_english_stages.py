"""Stages of things in English sentences; all are invented."""

import pytest
from tests.gather.claims.told import claims_of


@pytest.mark.parametrize(
    ("stage", "text"),
    [
        (
            "pilot",
            (
                "An Uzbek-language version of the grading software has so far been tried in "
                "three schools in Navoi."
            ),
        ),
        ("in_use", "Vakil Telecom opened a 6-megawatt server hall in Atyrau on 3 February 2026."),
        (
            "pilot",
            "For now only two customs posts in Kyrgyzstan are trying the X-ray reading software.",
        ),
        (
            "in_use",
            (
                "The Armenian tax service has come to rely on a fraud-detection model for VAT "
                "refunds."
            ),
        ),
        ("announced", "Baku's first AI campus will not welcome students before 2028."),
        (
            "announced",
            (
                "The second stage of the Tashkent computing centre, another 512 accelerators, "
                "should be ready by March 2027."
            ),
        ),
        ("cancelled", "A similar chatbot project in Dushanbe has been frozen."),
        (
            "scaled",
            (
                "Kazakhstan, whose labour ministry has run a matching service nationwide since "
                "2023, handles six in ten applications online."
            ),
        ),
        (
            "announced",
            "The ministry in Tashkent plans a voice version of the digital assistant next spring.",
        ),
        (
            "in_use",
            "Turkish courts have been relying on the transcription software for two years.",
        ),
        ("in_use", "More than 40 Georgian wineries already work with the frost-prediction app."),
        (
            "pilot",
            "The national library of Azerbaijan is experimenting with an AI cataloguing tool.",
        ),
        (
            "announced",
            "Work on the Kazakh language model is expected to wrap up by the end of next year.",
        ),
        (
            "cancelled",
            "Uzbekistan has dropped the facial recognition system it had bought for buses.",
        ),
        (
            "cancelled",
            (
                "A smart-meter platform agreed with Tehran in 2023 never left the warehouse in "
                "Turkmenistan."
            ),
        ),
        ("scaled", "Every tax office in Kazakhstan now runs on the same AI platform."),
        ("scaled", "The e-prescription system now reaches all 14 regions of Kyrgyzstan."),
        ("in_use", "The AI tutor has made its way into 120 Georgian classrooms."),
        ("announced", "Turkey's central bank has put the digital lira platform out to tender."),
        ("announced", "A national supercomputer is to rise on the outskirts of Astana by 2029."),
        (
            "in_use",
            (
                "Azerbaijan's customs committee went over to an AI risk-scoring system in "
                "January 2026."
            ),
        ),
        (
            "pilot",
            (
                "A small-scale test of the crop-monitoring drones is running on two farms in "
                "Kakheti, Georgia."
            ),
        ),
        (
            "pilot",
            "Judges in Yerevan are taking part in a six-month trial of an AI drafting assistant.",
        ),
        (
            "in_use",
            "Kyrgyzstan's border service brought a biometric gate system online in December 2025.",
        ),
        (
            "in_use",
            "Kazakh farmers can now order satellite crop reports through the Egistik app.",
        ),
        ("announced", "Turkmenistan has yet to launch its promised e-government portal."),
        (
            "announced",
            "The Uzbek finance ministry is gearing up to launch an AI auditor for procurement.",
        ),
        ("announced", "The bank says its Georgian-language chatbot is weeks away from launch."),
        (
            "in_use",
            (
                "Azerbaijani pharmacies have had the digital prescription platform at their "
                "disposal since 2024."
            ),
        ),
        (
            "cancelled",
            "The Armenian government pulled its AI exam-grading system after complaints.",
        ),
        ("cancelled", "Tbilisi has stopped funding the robot bus project."),
        ("in_use", "Some 300 schools in Türkiye have been equipped with AI laboratories."),
        ("in_use", "The Almaty metro has put AI cameras into service at 11 stations."),
        ("pilot", "An AI radiology tool is on trial in four hospitals of Baku."),
        (
            "announced",
            "By September, all Kazakh universities are to offer a compulsory AI course.",
        ),
        (
            "scaled",
            (
                "The Uzbek job adviser chatbot, first tested in Fergana, has since spread to all "
                "regions of the country."
            ),
        ),
        (
            "in_use",
            (
                "The Georgian revenue service's AI assistant has been answering taxpayers' "
                "questions since February 2026."
            ),
        ),
        ("pilot", "The digital tenge platform remains at the testing stage in Kazakhstan."),
        (
            "announced",
            (
                "Construction of a 100-megawatt data centre near Ekibastuz is due to begin in "
                "the autumn."
            ),
        ),
        (
            "in_use",
            "Halyq Bank's scoring model now decides one in three small loans in Kazakhstan.",
        ),
        (
            "in_use",
            (
                "Officials at the State Revenue Service of Armenia said an anomaly-spotting "
                "algorithm has been combing through invoices since last summer."
            ),
        ),
        (
            "in_use",
            (
                "At Tashkent's Republican Oncology Centre, doctors have had an AI second reader "
                "at their side since January."
            ),
        ),
        (
            "announced",
            (
                "A tender for the national data lake of Kazakhstan closes in June, and work "
                "should begin in the autumn."
            ),
        ),
        (
            "pilot",
            (
                "The State Customs Committee of Azerbaijan has started a limited test of drone "
                "inspections at the Astara checkpoint."
            ),
        ),
        (
            "scaled",
            (
                "By the end of 2025 the remote exam-proctoring platform had reached every public "
                "university in Kyrgyzstan."
            ),
        ),
        (
            "announced",
            (
                "Samruk-Energy of Kazakhstan wants its grid-forecasting model in place before "
                "the heating season."
            ),
        ),
        ("in_use", "Pasha Insurance in Baku lets an AI assistant settle minor car claims."),
        (
            "in_use",
            (
                "The Tbilisi mayor's office switched its complaint sorting to a language model "
                "in March."
            ),
        ),
        (
            "announced",
            "Turkish Airlines' new maintenance chatbot is scheduled to go into service in 2027.",
        ),
        (
            "cancelled",
            "The pilot of AI cameras in Yerevan schools was called off after parents protested.",
        ),
        (
            "announced",
            (
                "The ministry has earmarked 12 billion tenge for a supercomputer in Kazakhstan "
                "that is due in 2027."
            ),
        ),
        (
            "in_use",
            (
                "Uzbekistan's e-court system assigns judges by algorithm and has been live since "
                "2024."
            ),
        ),
        ("in_use", "Kyrgyzstan launched an AI hub in Bishkek with Korean funding."),
        ("announced", "Tajikistan hopes to have a digital ID in citizens' hands by 2028."),
        ("in_use", "Nurses at 19 Georgian hospitals dictate notes to a speech recogniser."),
        (
            "announced",
            (
                "Plans for a joint data centre in Aktau were unveiled on Monday by the Kazakh "
                "government."
            ),
        ),
        ("in_use", "The robot sorter at the Baku mail centre processes 8,000 parcels an hour."),
        (
            "in_use",
            "Six Uzbek banks have plugged the fraud-detection engine into their payment systems.",
        ),
        ("cancelled", "After two years Azerbaijan wound up its AI translation platform."),
        ("announced", "Georgia's first AI supercomputer has been delayed until 2028."),
        (
            "in_use",
            (
                "Since the start of the year tax appeals in Kazakhstan have been triaged by an "
                "AI model."
            ),
        ),
        (
            "scaled",
            (
                "No school in Estonia's partner region of Georgia is without the digital diary, "
                "which is now in use in all schools."
            ),
        ),
        (
            "in_use",
            "Students at Nazarbayev University gained access to a GPU cluster in February 2026.",
        ),
        (
            "announced",
            (
                "The Azerbaijani railways are preparing to install an AI signalling system on "
                "the Baku–Tbilisi line."
            ),
        ),
        ("pilot", "In Osh, doctors are trying an AI stethoscope app on 400 patients."),
        (
            "in_use",
            (
                "The chatbot, built by a Tashkent start-up, fields some 9,000 questions a day "
                "from Uzbek taxpayers."
            ),
        ),
        (
            "announced",
            "Kazakhstan's QazTech platform is being moved to a new cloud and will reopen in July.",
        ),
        ("in_use", "In Türkiye, 81 provincial courts use the e-hearing system."),
        ("announced", "A second AI laboratory in Gyumri, Armenia, is under construction."),
    ],
)
def test_a_thing_has_its_stage(stage: str, text: str) -> None:
    assert [c.fields["stage"] for c in claims_of("initiative", text, "en")] == [stage]


def test_a_pronoun_in_another_place_has_a_stage_of_its_own() -> None:
    text = (
        "A similar AI platform has worked in Kazakhstan since 2023, "
        "while in Uzbekistan it is still being tested."
    )
    told = [(c.countries, c.fields["stage"]) for c in claims_of("initiative", text, "en")]
    assert told == [(("KAZ",), "in_use"), (("UZB",), "pilot")]


def test_a_span_of_time_after_for_is_not_still_to_come() -> None:
    [claim] = claims_of("initiative", "Turkish courts have used the AI app for two years.", "en")
    assert claim.fields["stage"] == "in_use"


def test_a_note_in_roman_numerals_ends_its_sentence() -> None:
    text = "Baku opened an AI hub.[ii] Prices in Astana are lower."
    assert [c.countries for c in claims_of("initiative", text, "en")] == [("AZE",)]
