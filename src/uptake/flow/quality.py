"""What was read and what was lost, in counts, for the page on data quality."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from uptake import gather, read
from uptake.config import Logs
from uptake.flow import late
from uptake.flow.logs import UNREAD, LogRecord
from uptake.flow.usage import Usage
from uptake.gather import llm as proposals
from uptake.gather.knowledge import judgements
from uptake.label import llm
from uptake.model.dimensions import ALL
from uptake.model.errors import QuarantineError
from uptake.model.estimate import Estimates, Key
from uptake.model.issue import Issue
from uptake.model.messages import month_name
from uptake.model.release import Quality
from uptake.read.gold import GOLD_CODES
from uptake.tally import Counts

OWN_CODES = {
    UNREAD: "No reader knows this file's content; nothing of it was read.",
    "same-file-twice": "A file with the same bytes as another one was read once.",
    "outside-the-region": "Messages from places that the region does not name; in no figure.",
    **late.CODES,
    "place-without-usage": "A place of the region has no message in the logs.",
    "gold-person-not-in-logs": "A labelled message is of a person who is not in the logs.",
}
"""What the flow itself meets, with one sentence each."""


def meaning(code: str) -> str:
    """Return one sentence on what an issue's code means."""
    codes = {
        **read.CODES,
        **GOLD_CODES,
        **gather.CODES,
        **proposals.CODES,
        **judgements.CODES,
        **llm.CODES,
        **OWN_CODES,
    }
    return codes.get(code, "")


def quality(
    records: Sequence[LogRecord],
    issues: Iterable[Issue],
    counts: Counts,
    estimates: Estimates,
    more: Mapping[tuple[str, str], int] | None = None,
) -> Quality:
    """Sum up the data quality of a release; shares and languages come from released figures.

    Args:
        records: Of the log files.
        issues: What went wrong, one by one.
        counts: Of the tally.
        estimates: Released.
        more: What went wrong, already counted, by stage and code.
    """
    met: Counter[tuple[str, str]] = Counter()
    for record in records:
        for code, _, n in record.issues:
            met["read", code] += n
    met.update((issue.stage, issue.code) for issue in issues)
    met.update(more or {})
    if counts.elsewhere:
        met["tally", "outside-the-region"] = counts.elsewhere
    return Quality(
        files=tuple(
            (name, form, magnitude(conversations), magnitude(messages), rejected)
            for record in records
            for name, form, conversations, messages, rejected in record.members
        ),
        issues=tuple((*key, n, meaning(key[1])) for key, n in sorted(met.items())),
        conversations=counts.conversations,
        duplicates=counts.duplicates,
        messages=counts.messages,
        people=counts.people or None,
        anonymous_conversations=counts.anonymous,
        capped=counts.capped,
        months=tuple(month_name(m) for m in counts.months) if counts.months else None,  # type: ignore[arg-type]
        unknown=_unknown(estimates),
        languages=_languages(estimates),
    )


def magnitude(number: int) -> str:
    """Return the order of magnitude of a number, by which no other one can be subtracted.

    What a file holds was counted before anybody is left out: beside exact figures the exact number
    would tell how many messages are of people under 18.

    >>> magnitude(0), magnitude(7), magnitude(12_345)
    ('0', '1-9', '10,000-99,999')
    """
    if number < 1:
        return "0"
    least = 10 ** (len(str(number)) - 1)
    return f"{least:,}-{10 * least - 1:,}"


def rejected_share(records: Sequence[LogRecord]) -> float:
    """Return the share of records that were lost."""
    lost = sum(record.rejected for record in records)
    return lost / max(1, lost + sum(record.conversations for record in records))


def require_readable(records: Sequence[LogRecord], limits: Logs, where: Path) -> list[str]:
    """Return a warning if many records were lost.

    Args:
        records: Of the log files.
        limits: The settings of logs.
        where: Folder with places and reasons.

    Raises:
        QuarantineError: More were lost than the settings allow.
    """
    share = rejected_share(records)
    if share > limits.quarantine_limit:
        worst = max(records, key=lambda r: r.rejected)
        raise QuarantineError(
            f"{share:.1%} of the records are unreadable, more than logs.quarantine_limit "
            f"({limits.quarantine_limit:.1%}); most of them in {worst.file} ({worst.rejected}); "
            f"places and reasons are in {where}; mend the file or raise the limit"
        )
    if share > limits.quarantine_warning:
        return [f"{share:.1%} of the records are unreadable; see {where}"]
    return []


def places_without_usage(measured: Usage, places: Sequence[str]) -> list[Issue]:
    """Return an issue for each place of the region that sent nothing, unless nobody did."""
    present = {key[0] for key in measured.estimates.groups}
    if measured.counts.messages == 0 or present <= {"all", "unknown"}:
        return []
    return [
        Issue("tally", place, -1, "place-without-usage", severity="warning")
        for place in places
        if place not in present
    ]


def _unknown(estimates: Estimates) -> dict[str, float]:
    out = {}
    for dimension in ("place", "age_band", "gender"):
        share = estimates.get(Key(dimension, "unknown", "message_share"))
        if share is not None:
            out[dimension] = share.value
    return out


def _languages(estimates: Estimates) -> dict[str, int]:
    """Return messages by language, from the released groups."""
    return {
        key[4]: group.messages
        for key, group in estimates.groups.items()
        if key[:4] == (ALL,) * 4 and key[4] != ALL and group.messages is not None
    }
