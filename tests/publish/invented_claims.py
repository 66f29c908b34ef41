"""Invented claims of all types, with all traps, in three languages, and what they say together."""

from typing import Any

import msgspec

from uptake.gather.claims import identified
from uptake.gather.knowledge import views
from uptake.model.claim import Attribution, Claim, ClaimTime
from uptake.model.dimensions import ALL
from uptake.model.distance import Distance, Seen
from uptake.model.evidence import Document
from uptake.model.knowledge import (
    Agreement,
    Contradiction,
    Corroboration,
    Entity,
    Excerpt,
    Knowledge,
    Story,
    TargetPair,
)

HOSTILE = '<script>alert("x")</script>&\'"><img src=x onerror=y>'
FORMULA = "=HYPERLINK(1)"
PADDING = " Nothing else of note was said on that day, and the rest is left to the reader." * 9
TEXTS = {
    1: "Kazakhstan's exports of IT services exceeded EUR 400 million in 2024. The state means to "
    "reach USD 1 billion by 2026, and the country ranks 24th in e-government.",
    2: "Денсаулық сақтау министрлігі 2026 жылға қарай сынақты барлық облыста бастайды. "
    "Қазақстанда ауруханалар Дала Лабораториясымен бірге жұмыс істейді." + PADDING,
    3: f"The speaker {HOSTILE} signed the {FORMULA} law in Baku.",
    4: "Exports of IT services were “nearly” EUR 310 million in 2024, the bureau said. The bureau "
    "and Steppe Labs signed a memorandum, and a pilot in schools runs in Almaty." + PADDING,
    5: "Exports of IT services were “nearly” EUR 310 million in 2024, it is said. In Almaty a "
    "pilot in schools runs." + PADDING,
    6: "Turkmenistan plans a law on data for 2028. Its ministry talks with Steppe Labs; a centre "
    "may open, - says Orazov." + PADDING,
}


def claim(number: int, type: str, quote: str, countries: tuple[str, ...], **more: Any) -> Claim:
    """Make a claim of one of the texts."""
    start = TEXTS[number].index(quote)
    made = Claim(
        doc=f"{number:016x}", type=type, quote=quote, start=start, end=start + len(quote),  # type: ignore[arg-type]
        countries=countries, extractor="invented 1", **more,
    )  # fmt: skip
    return identified(made)


def invented_claims() -> tuple[Claim, ...]:
    """Make claims of all types, in three languages and with all traps."""
    exports = {"indicator": "it_exports", "name": "exports of IT services", "unit": "currency"}
    in_2024 = ClaimTime(text="in 2024", start="2024")
    bureau = Attribution(kind="reported", organisation="the bureau")
    return (
        claim(1, "indicator", "exports of IT services exceeded EUR 400 million in 2024", ("KAZ",),
              time=in_2024, sectors=("ict",), confidence=0.93, attribution=Attribution(),
              alternatives={"time": ("2024", "2025")},
              fields={**exports, "value": 4e8, "comparator": ">", "currency": "EUR",
                      "kind": "actual"}),
        claim(1, "indicator", "USD 1 billion by 2026", ("KAZ",), modality="planned",
              time=ClaimTime(text="by 2026", start="2026", relation="by"),
              fields={**exports, "value": 1e9, "comparator": "=", "currency": "USD",
                      "kind": "target"}),
        claim(1, "indicator", "ranks 24th in e-government", ("KAZ",),
              fields={"indicator": "online_service_rank", "name": "e-government", "value": 24,
                      "comparator": "=", "unit": "rank", "kind": "actual"}),
        claim(2, "initiative", "2026 жылға қарай сынақты барлық облыста бастайды", ("KAZ",),
              sectors=("health",), modality="planned",
              time=ClaimTime(text="2026 жылға қарай", start="2026", relation="by"),
              fields={"name": None, "what": "сынақ", "stage": "announced", "due": "2026",
                      "actors": ["Денсаулық сақтау министрлігі"]}),
        claim(2, "partnership", "ауруханалар Дала Лабораториясымен бірге жұмыс істейді", ("KAZ",),
              fields={"parties": ["ауруханалар", "Дала Лабораториясы"], "status": "ongoing",
                      "relation": "cooperation"}),
        claim(3, "policy", f"{HOSTILE} signed the {FORMULA} law", ("AZE",),
              fields={"name": FORMULA, "status": HOSTILE, "policy_type": "law"}),
        claim(4, "indicator", "Exports of IT services were “nearly” EUR 310 million in 2024",
              ("KAZ",), time=in_2024, attribution=bureau,
              fields={**exports, "value": 3.1e8, "comparator": "~", "currency": "EUR",
                      "kind": "actual", "subject": "services"}),
        claim(4, "partnership", "The bureau and Steppe Labs signed a memorandum", ("KAZ",),
              fields={"parties": ["The bureau", "Steppe Labs"], "relation": "memorandum"}),
        claim(4, "initiative", "a pilot in schools runs in Almaty", ("KAZ",),
              sectors=("education", "ict"), country_basis="place",
              fields={"name": "a pilot in schools", "stage": "pilot", "place": "Almaty"}),
        claim(5, "indicator", "Exports of IT services were “nearly” EUR 310 million in 2024",
              ("KAZ",), time=in_2024,
              fields={**exports, "value": 3.1e8, "comparator": "~", "currency": "EUR",
                      "kind": "actual"}),
        claim(5, "initiative", "In Almaty a pilot in schools runs", ("KAZ",),
              sectors=("education", "ict"), country_basis="place",
              fields={"name": "a pilot in schools", "stage": "pilot", "place": "Almaty"}),
        claim(6, "policy", "Turkmenistan plans a law on data for 2028", ("TKM",),
              modality="planned", time=ClaimTime(text="for 2028", start="2028"),
              fields={"name": "a law on data", "policy_type": "law", "status": "planned"}),
        claim(6, "partnership", "Its ministry talks with Steppe Labs", ("TKM",),
              modality="discussed",
              fields={"parties": ["Its ministry", "Steppe Labs"], "relation": "talks"}),
        claim(6, "person", "- says Orazov", (), fields={"name": "Orazov", "role": None}),
    )  # fmt: skip


def excerpt(number: int, made: Claim) -> Excerpt:
    """Return the sentence around a claim's quote."""
    text = TEXTS[number]
    start = text.rfind(". ", 0, made.start + 1) + 2 if ". " in text[: made.start] else 0
    end = text.find(". ", made.end - 1)
    end = len(text) if end < 0 else end + 1
    return Excerpt(start=start, end=end, text=text[start:end])


def knowledge(documents: tuple[Document, ...]) -> Knowledge:
    """Make what these claims say together."""
    made = invented_claims()
    actual, target, rank, *_, copied = made[:10]
    told, school, again = made[6], made[8], made[10]
    found = Knowledge(
        claims=made,
        status={one.id: "accepted" if n % 3 == 0 else "proposed" for n, one in enumerate(made)},
        threshold=0.45,
        withheld=(7, 2),
        entities=(
            Entity(id="e1", kind="organisation", name="Steppe Labs",
                   names=("Steppe Labs", "Дала Лабораториясы"),
                   claims=(made[4].id, made[7].id, made[12].id),
                   merged=(("Steppe Labs", "Дала Лабораториясы", "judgement"),)),
            Entity(id="e2", kind="person", name="Orazov", names=("Orazov",),
                   claims=(made[13].id,)),
        ),
        stories=(Story(id=f"{4:016x}", documents=(f"{4:016x}", f"{5:016x}"), containment=0.9),),
        agreements=(
            Agreement(indicator="it_exports", place="KAZ", period="2024",
                      claims=(told.id, copied.id), stories=1),
        ),
        contradictions=(
            Contradiction(id="c1", indicator="it_exports", place="KAZ", period="2024",
                          claims=(actual.id, told.id),
                          note="More than EUR 400 million against nearly EUR 310 million."),
        ),
        pairs=(
            TargetPair(target=target.id, actual=actual.id, unit="USD", target_value=1e9,
                       actual_low=4.33e8, actual_high=None, gap_low=None, gap_high=5.67e8,
                       rate="1 EUR = 1.0824 USD, average of 2024, ECB",
                       sentence="More than EUR 400 million of a target of USD 1 billion: "
                                "the gap is at most USD 567 million."),
        ),
        distances=(
            Distance(target=target.id, place="KAZ", unit="USD", goal="USD 1 billion", goal_low=1e9,
                     goal_high=1e9, falls=False, due="by 2026", due_day="2026-12-31",
                     actual=Seen(low=4.33e8, high=None, text="at least EUR 400 million",
                                 period="2024", day="2024-12-31", claim=actual.id),
                     before=Seen(low=3e8, high=3e8, text="USD 300 million", period="2022",
                                 day="2022-12-31", indicator="ict_exports", source="src-x"),
                     left_low=None, left_high=5.67e8, left="at most USD 567 million",
                     needed_low=None, needed_high=2.84e8, needed="at most USD 284 million",
                     pace_low=6.6e7, pace_high=None, pace="at least USD 66 million",
                     verdict="open", sentence="at least EUR 400 million (2024) against USD "
                     "1 billion by 2026: the bounds leave open whether the pace is enough.",
                     rate="1 EUR = 1.0824 USD, average of 2024, ECB"),
            Distance(target=rank.id, place="AZE,KAZ", unit="rank", goal="rank 20", goal_low=20,
                     goal_high=20, falls=True, verdict="no_actual",
                     sentence="No actual value is known."),
        ),
        newest="2026-06-30",
        corroborations=(
            Corroboration(claim=rank.id, verdict="confirmed", indicator="online_service_rank",
                          place="KAZ", period="2024", source="src-online_service_rank",
                          value="24", sentence="The table of ranks has 24 for Kazakhstan in 2024."),
        ),
        copies={copied.id: told.id, again.id: school.id},
        excerpts={one.id: excerpt(int(one.doc, 16), one) for one in made},
    )  # fmt: skip
    places = (ALL, "KAZ", "TKM", "AZE")
    shown = {p: views(found, documents, "" if p == ALL else p) for p in places}
    return msgspec.structs.replace(found, views=shown)
