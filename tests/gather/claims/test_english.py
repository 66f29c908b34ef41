"""What English documents say, by sentences in the words of many writers; all are invented."""

import pytest

from uptake.gather.claims import EXTRACTORS
from uptake.gather.claims.analysis import Analysis
from uptake.model.claim import Claim

DATE = "2026-05-15"


def _claims(type_: str, text: str) -> list[Claim]:
    found = list(EXTRACTORS[type_](Analysis(text, "en", DATE)))
    assert all(text[c.start : c.end] == c.quote for c in found)
    return found


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
    assert [c.fields["stage"] for c in _claims("initiative", text)] == [stage]


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
    assert [c.fields["status"] for c in _claims("policy", text)] == [status]


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
    assert [c.fields["status"] for c in _claims("partnership", text)] == [status]


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
    assert [c.fields["event_type"] for c in _claims("event", text)] == [event_type]


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
    assert [c.fields["name"] for c in _claims("person", text)] == [name]


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
    assert [c.fields["name"] for c in _claims("organisation", text)] == [name]


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
    told = [(c.fields["value"], c.fields["kind"]) for c in _claims("indicator", text)]
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
    assert _claims(type_, text) == []


def test_a_pronoun_in_another_place_has_a_stage_of_its_own() -> None:
    text = (
        "A similar AI platform has worked in Kazakhstan since 2023, "
        "while in Uzbekistan it is still being tested."
    )
    told = [(c.countries, c.fields["stage"]) for c in _claims("initiative", text)]
    assert told == [(("KAZ",), "in_use"), (("UZB",), "pilot")]


def test_headlines_of_other_stories_tell_nothing() -> None:
    text = (
        "The AI platform in Georgia opened in May. It serves 40 banks.\n\n"
        "Read next:\nKazakh lender cuts 400 branch jobs\nBaku opens a robot park\n"
    )
    assert [c.fields["value"] for c in _claims("indicator", text)] == [40]
    assert [c.countries for c in _claims("initiative", text)] == [("GEO",)]


def test_a_span_of_time_after_for_is_not_still_to_come() -> None:
    [claim] = _claims("initiative", "Turkish courts have used the AI app for two years.")
    assert claim.fields["stage"] == "in_use"


def test_a_note_in_roman_numerals_ends_its_sentence() -> None:
    text = "Baku opened an AI hub.[ii] Prices in Astana are lower."
    assert [c.countries for c in _claims("initiative", text)] == [("AZE",)]
