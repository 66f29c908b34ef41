"""A document's date is the one it states, in each language, and never one of an event."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.gather.dates import iso, stated


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "ASTANA, April 14, 2026 (Newswire) - The"),
        ("en", "Published: 14 April 2026"),
        ("en", "By A. Writer | 14 April 2026"),
        ("en", "2026-04-14"),
        ("ru", "Душанбе, 14 апреля 2026 г. Сегодня"),
        ("ru", "Дата публикации: 14.04.2026"),
        ("kk", "Астана, 2026 жылғы 14 сәуір. Бүгін"),
        ("kk", "Astana, 2026 jylğy 14 säuır. Būgın"),
        ("uz", "Toshkent, 2026-yil 14-aprel. Bugun"),
        ("uz", "ТОШКЕНТ, 2026 йил 14 апрель. Бугун"),
        ("ky", "Бишкек, 2026-жылдын 14-апрели. Бүгүн"),
        ("tg", "Душанбе, 14 апрели соли 2026. Имрӯз"),
        ("tk", "Aşgabat, 2026-njy ýylyň 14-nji apreli. Şu gün"),
        ("az", "Bakı, 14 aprel 2026-cı il. Bu gün"),
        ("tr", "Ankara, 14 Nisan 2026 – Bugün"),
        ("tr", "Yayın tarihi: 14 Nisan 2026"),
    ],
)
def test_a_dateline_or_byline_gives_the_date(language: str, line: str) -> None:
    assert stated(f"A title\n\n{line} goes on.", language) in ("2026-04-14", None)
    assert stated(f"A title\n\n{line}", language) == "2026-04-14"


@pytest.mark.parametrize(
    "text",
    [
        "ICT Week Tashkent, 26 September 2025\n\nText.",
        "Title\n\nThe forum opens in Astana, 3 October 2025.",
        "Title\n\nOn 3 October 2025 the forum opened.",
        "Title\n\nThe law was adopted on 14 October 2024, said the minister.",
        "Title\n\nAstana, 3 October. The forum opened.",
        "Title\n\n30.02.2026",
        "Title\n\nVersion 1.2.2026",
        "Title\n\n" + "A line of text.\n" * 20 + "\n3 October 2025\n",
    ],
)
def test_dates_of_events_and_halves_of_dates_are_none(text: str) -> None:
    assert stated(text, "en") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03-10T09:30:00Z", "2026-03-10"),
        (" 2025 ", "2025"),
        ("2025-10", "2025-10"),
        (dt.date(2025, 10, 3), "2025-10-03"),
        (dt.datetime(2025, 10, 3, 9, tzinfo=dt.UTC), "2025-10-03"),
        ("2025-13", None),
        ("2025-02-30", None),
        ("20251003", None),
        ("10/03/2025", None),
        ("", None),
    ],
)
def test_dates_in_metadata_are_iso_or_none(value: object, expected: str | None) -> None:
    assert iso(value) == expected


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["en", "ru", "tr", "az"])
)
def test_what_is_found_is_what_was_written(day: dt.date, language: str) -> None:
    assert stated(f"{day.isoformat()}\n\nText.", language) == day.isoformat()
    assert stated(f"Title\n\n{day:%d.%m.%Y}\n\nText.", language) == day.isoformat()
