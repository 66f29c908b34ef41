"""What was done to a release before it left: steps for the methods page and for ``explain``."""

from collections.abc import Sequence

from uptake.model.promise import Promise
from uptake.model.release import spans

Step = tuple[str, str]
"""A title, and sentences."""


def public_steps(promise: Promise, people: int) -> tuple[Step, ...]:
    """Return what was bounded, added and withheld in public mode.

    Args:
        promise: With its parameters.
        people: Fewest people of a published cell.
    """
    months = len(promise.months)
    return (
        (
            "Bounded",
            (
                "A person has one place, one age band and one gender a month, counts once in at "
                f"most {promise.cells} cells of each table of people, and with at most "
                f"{promise.messages} messages in each table of messages. Which ones is chosen by "
                "a secret key that is thrown away."
            ),
        ),
        (
            "Counted over public lists",
            (
                "Places of the region, fixed age bands, the codebook: cells in which nobody is "
                "are counted too, as zero. Records that name no user are in no cell."
            ),
        ),
        (
            "Noise added",
            (
                f"Discrete Gaussian on every cell: scale {promise.people_sigma:g} on people, "
                f"{promise.messages_sigma:g} on messages by place, age band and gender together, "
                f"{promise.margins_sigma:g} by one of the three, {promise.totals_sigma:g} of the "
                f"whole region, {promise.volumes_sigma:g} on numbers of all messages, "
                f"{promise.moments_sigma:g} on sums of squares and {promise.heads_sigma:g} on "
                "the numbers of people that are shown; from the randomness of the operating "
                "system."
            ),
        ),
        (
            "Withheld",
            (
                f"Where the noisy number of people is below {people} and three standard "
                "deviations of its noise, or where so many people send too few messages to "
                "stand out of theirs. That number is not shown itself, so that what is shown "
                "does not read high; the true one decides nothing."
            ),
        ),
        (
            "Computed",
            (
                "From the noisy numbers alone: shares, corrections, changes, usage per head. "
                "Intervals include the noise."
            ),
        ),
        (
            "Lost",
            (
                f"At most epsilon {promise.month_epsilon:.2f} for a person's month and "
                f"{promise.year_epsilon:.2f} for a person's year, at delta {promise.delta:.0e}, "
                f"over all tables ever released from these logs ({months} months here). A month "
                "that was released is frozen: what comes in later does not change it."
            ),
        ),
    )


def closed_steps(
    thresholds: tuple[int, int], cap: int, frozen: Sequence[str], reopened: Sequence[str]
) -> tuple[Step, ...]:
    """Return what was bounded and withheld in a mode without noise.

    Args:
        thresholds: Fewest people and conversations of a published cell.
        cap: Most messages of a person and month.
        frozen: Months that are frozen.
        reopened: Months that were counted anew.
    """
    people, conversations = thresholds
    steps = [
        ("Bounded", f"At most {cap} messages of a person and month count."),
        (
            "Withheld",
            (
                f"Cells of fewer than {people} people or {conversations} conversations, and as "
                "many others as it takes that none follows from sums."
            ),
        ),
        (
            "No noise",
            (
                "Thresholds alone protect: these figures are for closed use and promise nothing "
                "of a person. Who knows the figures of two releases, or has other knowledge of "
                "a person, may learn something of single people."
            ),
        ),
    ]
    if frozen:
        unknown = " (unknown: messages without a time)" if "unknown" in frozen else ""
        steps.append(
            (
                "Frozen",
                (
                    f"{spans(frozen)}{unknown}. Each counts the messages of its first release "
                    "after its end, whatever log files came, changed or were deleted since, so "
                    "that the difference of two releases tells of no one. A month that still "
                    "runs is open, and changes from one release to the next; so do totals by "
                    "what it holds."
                ),
            )
        )
    if reopened:
        steps.append(
            (
                "Reopened since, and counted anew",
                (
                    f"{spans(reopened)}. There, who holds an earlier release can tell by the "
                    "difference who came or left."
                ),
            )
        )
    return tuple(steps)
