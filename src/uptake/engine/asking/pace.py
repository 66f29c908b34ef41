"""When to ask again: waits that grow, and a pause for all while an endpoint is overloaded."""

import math
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

FIRST = 0.5
LONGEST = 60.0
"""Seconds of the first wait and of the longest."""

LONGEST_STATED = 600.0
"""Seconds that an endpoint may ask for; more is cut."""


@dataclass(slots=True)
class Pace:
    """The clock of one run; threads share it.

    Attributes:
        sleep: Waits some seconds; None waits for real, and ends early when the run ends.
        clock: Seconds, rising.
        now: Seconds since 1970, to read dates.
        draw: A number between 0 and 1, so that clients do not all come back at once.
    """

    sleep: Callable[[float], None] | None = None
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    draw: Callable[[], float] = random.SystemRandom().random
    _resume: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _end: threading.Event = field(default_factory=threading.Event)

    @property
    def ended(self) -> bool:
        """Return whether the run has ended, so that nothing more is to be asked."""
        return self._end.is_set()

    def end(self) -> None:
        """End the run: nobody waits any longer."""
        self._end.set()

    def pause(self, seconds: float) -> None:
        """Wait some seconds."""
        if self.sleep is None:
            self._end.wait(seconds)
        elif not self.ended:
            self.sleep(seconds)

    def wait(self) -> None:
        """Wait while the endpoint wants nobody to ask."""
        while True:
            with self._lock:
                left = self._resume - self.clock()
            if left <= 0 or self.ended:
                return
            self.pause(left)

    def hold(self, seconds: float) -> None:
        """Let nobody ask for some seconds."""
        with self._lock:
            self._resume = max(self._resume, self.clock() + seconds)

    def backoff(self, attempt: int) -> float:
        """Return how long to wait after the attempt of that number, counted from 0."""
        return float(min(LONGEST, FIRST * 2**attempt)) * (0.5 + 0.5 * self.draw())

    def stated(self, retry_after: str) -> float:
        """Read a ``Retry-After`` (RFC 9110, 10.2.3): seconds or a date; 0 if it is neither."""
        text = retry_after.strip()
        try:
            seconds = float(text)
        except ValueError:
            try:
                seconds = parsedate_to_datetime(text).timestamp() - self.now()
            except ValueError:
                return 0.0
        return 0.0 if math.isnan(seconds) else min(max(seconds, 0.0), LONGEST_STATED)
