"""A figure that a text sets against the one before it, by the words between both."""

from typing import Any

import msgspec
import pytest
from tests.gather.knowledge.conftest import CONSTRUCTED, Constructed, claim, document

from uptake.gather import gather_document
from uptake.gather.claims import document_claims
from uptake.gather.knowledge.beside import beside
from uptake.gather.knowledge.comparing import figures
from uptake.gather.knowledge.targets import pairs
from uptake.model.claim import Claim
from uptake.model.issue import Issue
from uptake.model.knowledge import TargetPair

TARGET, ACTUAL = "target", "actual"


def told(text: str, *values: tuple[Any, ...], **more: Any) -> tuple[TargetPair, ...]:
    """Pair the figures of a text: each as printed, its value, kind, name; its quote a sentence."""
    made = []
    for printed, value, kind, *name in values:
        at = text.index(printed)
        start = text.rfind(". ", 0, at) + 1
        start += len(text[start:]) - len(text[start:].lstrip())
        end = text.find(". ", at + len(printed))
        end = len(text) if end < 0 else end + 1
        said = {"unit": "percent", "countries": ["KGZ"], "name": f"thing {at}", **more}
        said |= {"name": name[0]} if name else {}
        made.append(
            claim(
                "doc",
                text[start:end],
                value=value,
                value_text=printed,
                kind=kind,
                start=start,
                end=end,
                evidence={"value": [{"start": at, "end": at + len(printed)}]},
                **said,
            )
        )
    return pairs(figures(made, [document("doc", "2026-05-01")]))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("By 2028 the ministry wants 70% of clinics to use it, up from 18% in 2025.", "18%"),
        ("By 2028 it is to reach 70% of clinics. Today their share is 18%.", "18%"),
        ("К 2028 году планируется 70% поликлиник. Сейчас на них приходится 18%.", "18%"),
        ("К 2028 году планируется 70% поликлиник против 18% в 2025 году.", "18%"),
        ("2028'e kadar oranın 70% olması hedefleniyor. Bugün bu oran 18%.", "18%"),
        ("2028 жылға қарай 70% емхана жоспарланған. Қазір бұл көрсеткіш 18%.", "18%"),
        ("2028-yilgacha poliklinikalarning 70% rejalashtirilgan. Hozir bu ko‘rsatkich 18%.", "18%"),
        (
            "2028-ci ilə qədər poliklinikaların 70% nəzərdə tutulub. Hazırda bu göstərici 18%.",
            "18%",
        ),
    ],
)
def test_what_a_text_sets_against_its_target_is_paired_in_each_language(
    text: str, printed: str
) -> None:
    (pair,) = told(text, ("70%", 70, TARGET), (printed, 18, ACTUAL))
    assert (pair.target_value, pair.gap_low, pair.gap_high) == (70, 52, 52)


@pytest.mark.parametrize(
    "text",
    [
        "By 2028 it is to reach 70% of clinics. In the year before, 18% of farms had drones.",
        "By 2028 it is to reach 70% of clinics, and 18% of farms have drones.",
        "By 2028 it is to reach 70% of clinics. That is far. Nobody knows. Their share is 18%.",
        "К 2028 году планируется 70% поликлиник. Дроны есть у 18% хозяйств.",
    ],
)
def test_two_figures_of_two_things_are_not_paired(text: str) -> None:
    assert told(text, ("70%", 70, TARGET), ("18%", 18, ACTUAL)) == ()


@pytest.mark.parametrize("change", ["unit", "countries", "kind", "scope"])
def test_what_differs_in_unit_place_kind_or_scope_is_not_paired(change: str) -> None:
    said: list[dict[str, Any]] = [
        {"value": 70, "kind": TARGET, "unit": "percent", "countries": ["KGZ"], "scope": "towns"},
        {"value": 18, "kind": ACTUAL, "unit": "percent", "countries": ["KGZ"], "scope": "towns"},
    ]
    others = {"unit": "count", "countries": ["UZB"], "kind": TARGET, "scope": "villages"}
    said[1][change] = others[change]
    quotes = ("It is to reach 70", "up from 18")
    made = [
        claim(
            "doc", quote, value_text=quote[-2:], start=at, end=at + len(quote), name=quote, **more
        )
        for quote, more, at in zip(quotes, said, (0, 19), strict=True)
    ]
    assert beside(figures(made, [])) == {}


def test_a_plan_without_a_name_is_for_the_sum_before_it() -> None:
    text = "Gelir 2025'te 305 milyon TL oldu. 2026 için en az 450 milyon TL hedeflenmektedir."
    money = {"unit": "currency", "currency": "TRY", "name": "hedeflenmektedir", "indicator": None}
    values = ("305 milyon TL", 305e6, ACTUAL), ("450 milyon TL", 450e6, TARGET)
    (pair,) = told(text, *values, **money)
    assert pair.gap_high == 145e6
    invested = ("450 milyon TL", 450e6, TARGET, "yatırım")
    assert told(text, ("305 milyon TL", 305e6, ACTUAL, "gelir"), invested, **money) == ()


def test_the_ends_of_a_range_without_name_and_time_are_no_pair() -> None:
    quote = "Bir loyihaga 500 milliondan 800 million so‘mgacha mablag‘ beriladi"
    said = {"countries": ["UZB"], "unit": "currency", "currency": "UZS", "end": len(quote)}
    low = claim("doc", quote, value=5e8, value_text="500 milliondan", kind=ACTUAL, role="from",
                change_to=8e8, **said)  # fmt: skip
    high = claim("doc", quote, value=8e8, value_text="800 million so‘mgacha", kind=TARGET,
                 role="to", change_from=5e8, **said)  # fmt: skip
    assert pairs(figures([low, high], [])) == ()


def test_actual_exports_are_those_that_the_goal_was_for() -> None:
    text = (
        "The goal is $900 million in exports of AI software by 2030. {} in 2025 were $118 million."
    )
    money = {"unit": "currency", "currency": "USD", "name": "exports"}
    values = ("$900 million", 900e6, TARGET), ("$118 million", 118e6, ACTUAL)
    assert len(told(text.format("Actual exports"), *values, **money)) == 1


@pytest.mark.parametrize("value", [700.0, 9000.0])
def test_nothing_exceeds_its_target_tenfold(value: float) -> None:
    said = {"countries": ["UZB"], "unit": "count", "name": "regions", "start": 0, "end": 9}
    target = claim("doc", "10 regions", value=10, kind=TARGET, **said)
    actual = claim("doc", "regions x", value=value, kind=ACTUAL, **said)
    assert pairs(figures([target, actual], [])) == ()


def test_growth_is_not_held_against_a_forecast_of_another_year() -> None:
    said = {"countries": ["UZB"], "unit": "percent", "name": "market", "change": "growth"}
    target = claim("doc", "to grow 25%", value=25, kind=TARGET, time=("2026", None, "in"), **said)
    actual = claim("doc", "grew 31%", value=31, kind=ACTUAL, time=("2025", None, "in"), **said)
    assert pairs(figures([target, actual], [])) == ()


def test_a_mere_possibility_is_no_figure() -> None:
    may = claim("doc", "may reach 9%", value=9, unit="percent", name="x", modality="possible")
    assert figures([may], []) == ()


def test_two_thirds_of_the_constructed_targets_are_paired_from_the_texts_alone(
    constructed: Constructed,
) -> None:
    """Claims as extracted: each side must overlap its gold claim and have its value."""
    claims: list[Claim] = []
    for one in constructed.documents:
        read = gather_document(CONSTRUCTED / one.file, name=one.file)
        assert not isinstance(read, Issue)
        made_of = msgspec.structs.replace(read[0], id=one.id)
        claims += document_claims(made_of, read[1])
    found = figures(claims, constructed.documents)
    by_id = {figure.claim.id: figure.claim for figure in found}
    wanted = constructed.related("target_vs_actual")
    made = [frozenset({_gold(constructed, by_id[p.target]), _gold(constructed, by_id[p.actual])})
            for p in pairs(found)]  # fmt: skip
    assert len(wanted & set(made)) >= 10
    assert all(pair in wanted for pair in made)


def _gold(constructed: Constructed, found: Claim) -> str:
    return next(
        (
            name
            for name, gold in constructed.claims.items()
            if (gold.doc, gold.type) == (found.doc, found.type)
            and gold.start < found.end
            and found.start < gold.end
            and gold.fields.get("value") == found.fields.get("value")
        ),
        f"none: {found.quote}",
    )
