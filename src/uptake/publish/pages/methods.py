"""The page on methods and data quality: what was read, what was lost, what the figures can say."""

from uptake.publish import numbers
from uptake.publish.edition import Edition
from uptake.publish.grid import Grid, Printed
from uptake.publish.not_told import not_told
from uptake.publish.pages import Page
from uptake.publish.pages.labeller_card import card
from uptake.publish.slices import Where
from uptake.publish.steps import closed_steps, public_steps
from uptake.publish.titles import dimension_title, words


def methods(edition: Edition) -> Page:
    """Make the page on methods."""
    release, quality = edition.release, edition.release.quality
    people, conversations = release.thresholds
    return Page(
        "methods.html",
        "methods.html",
        "Methods and data quality",
        {},
        {
            "quality": quality,
            "counts": _counts(edition),
            "counts_capped": numbers.counted(quality.capped, "message", "messages"),
            "files": _files(edition),
            "issues": _issues(edition),
            "withheld": withheld(edition),
            "unknown": _unknown(edition),
            "measures": words()["measures"],
            "covers": edition.covers,
            "people": people,
            "conversations": conversations,
            "behind": edition.behind(Where()),
            "labeller": card(release.labeller),
            "documents": release.evidence.documents,
            "not_told": not_told(release.protected),
            "steps": public_steps(release.promise, people)
            if release.promise
            else closed_steps(
                release.thresholds, release.messages_cap, release.frozen, release.reopened
            ),
        },
    )


def _counts(edition: Edition) -> list[tuple[str, str, str]]:
    """Return what was read: name, number, and what it means."""
    quality = edition.release.quality
    rows = [
        ("Conversations", quality.conversations,
         "Distinct conversations of people who are not known to be under 18."),
        ("Messages by people", quality.messages, "Distinct messages, before the cap."),
        ("Duplicates left out", quality.duplicates, "Messages that had been read before."),
        ("Messages above the cap", quality.capped,
         f"More than {edition.release.messages_cap} of one person in one month: not counted."),
        ("Conversations without a user", quality.anonymous_conversations,
         "Each stands for one person, as the record names none."),
    ]  # fmt: skip
    if quality.people is not None:
        rows.insert(0, ("People with an id", quality.people, "Distinct people, pseudonymous."))
    return [(name, numbers.count(number), text) for name, number, text in rows]


def _files(edition: Edition) -> Grid | None:
    rows = [
        (file, (*(Printed(text) for text in texts), Printed(numbers.count(rejected))))
        for file, *texts, rejected in edition.release.quality.files
    ]
    head = ("File", "Format", "Conversations", "Messages", "Rejected records")
    return Grid("What was read, by file", head, tuple(rows)) if rows else None


def _issues(edition: Edition) -> Grid | None:
    rows = [
        (code, (Printed(stage), Printed(numbers.count(n)), Printed(meaning)))
        for stage, code, n, meaning in edition.release.quality.issues
    ]
    head = ("Reason", "Met by", "Number", "What it means")
    caption = "What was set aside or lost, by reason"
    return Grid(caption, head, tuple(rows)) if rows else None


def withheld(edition: Edition) -> Grid | None:
    """Count the cells that are withheld, by split."""
    rows = []
    for split, (hidden, whole) in edition.slices.withheld_by_split().items():
        names = [dimension_title(name) for name in split.split("+") if name]
        cells = (
            Printed(numbers.count(whole)),
            Printed(numbers.count(hidden)),
            Printed(numbers.percent(hidden / whole) + "%"),
        )
        rows.append((" × ".join(names) or "All together", cells))
    head = ("Split by", "Cells", "Withheld", "Share of cells withheld")
    return Grid("Withheld cells, by split", head, tuple(rows)) if rows else None


def _unknown(edition: Edition) -> Grid | None:
    rows = [
        (dimension_title(name), (Printed(numbers.percent(share) + "%"),))
        for name, share in edition.release.quality.unknown.items()
    ]
    head = ("Attribute", "Share of messages for which it is unknown")
    return Grid("Unknown attributes", head, tuple(rows)) if rows else None
