"""What a run will cost and how long it will take, said before it starts."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from uptake.catalog import entry, names
from uptake.label.llm import prompt
from uptake.model.endpoint import Endpoint

OTHER_LANGUAGE = 2.5
"""Characters of a token where the catalogue does not know the language."""

PROMPT_LANGUAGE = "en"
ANSWER = 30
"""Tokens of an answer."""

PARTS = 12
"""Tokens around each message: its frame and the protocol's own."""


@cache
def characters_per_token(language: str) -> float:
    """Return a rough figure for subword tokenizers.

    >>> characters_per_token("kk") < characters_per_token("en")
    True
    """
    if language not in names("languages"):
        return OTHER_LANGUAGE
    return float(entry("languages", language).get("characters_per_token", OTHER_LANGUAGE))


@dataclass(slots=True)
class Forecast:
    """What is to be asked; filled as messages are looked at.

    Attributes:
        messages: All messages.
        cached: Those whose labels are there already, or that occur again.
        characters: Characters to be sent, by language.
    """

    messages: int = 0
    cached: int = 0
    characters: Counter[str] = field(default_factory=Counter)
    _seen: set[bytes] = field(default_factory=set)

    def add(self, key: bytes, cached: bool, characters: int, language: str) -> None:
        """Add one message: the key of its question, and what would be sent for it."""
        self.messages += 1
        if cached or key in self._seen:
            self.cached += 1
        else:
            self._seen.add(key)
            self.characters[language] += characters

    @property
    def asked(self) -> int:
        """Return how many requests are to be sent, none of them twice."""
        return self.messages - self.cached

    def tokens(self) -> tuple[int, int]:
        """Return tokens read and tokens written."""
        fixed = len(prompt.system()) / characters_per_token(PROMPT_LANGUAGE) + PARTS
        texts = sum(n / characters_per_token(lang) for lang, n in self.characters.items())
        return round(self.asked * fixed + texts), self.asked * ANSWER

    def cost(self, endpoint: Endpoint) -> float:
        """Return the price of it, in the endpoint's currency."""
        read, written = self.tokens()
        return (read * endpoint.price_in + written * endpoint.price_out) / 1e6

    def seconds(self, endpoint: Endpoint) -> float:
        """Return how long it takes if nothing has to be asked again."""
        return self.asked * endpoint.seconds_per_message / endpoint.concurrency

    def said(self, endpoint: Endpoint) -> str:
        """Return it in a sentence."""
        read, written = self.tokens()
        where = "this machine" if endpoint.is_local else "another machine, where masked text goes"
        price = "no price set"
        if endpoint.price_in or endpoint.price_out:
            price = f"about {self.cost(endpoint):,.2f} {endpoint.currency}"
        return (
            f"{self.asked:,} of {self.messages:,} messages to ask {endpoint.model} on {where} "
            f"({self.cached:,} are labelled already): about {read:,} tokens in, {written:,} out, "
            f"{price}, about {_time(self.seconds(endpoint))}"
        )


def _time(seconds: float) -> str:
    """Write a length of time.

    >>> _time(5), _time(600), _time(7200)
    ('5 seconds', '10 minutes', '2.0 hours')
    """
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.1f} hours"
