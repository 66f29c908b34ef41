"""How the columns of somebody's own table are to be read, as the configuration states it."""

import msgspec


class ColumnMapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which column, or which dotted path into nested objects, holds which field.

    Exactly one of ``text`` and ``messages`` is given: with ``text`` a row is one message, with
    ``messages`` a row is a whole conversation. A path is looked up as it stands first
    (``user.id`` may be a column's name) and then step by step; a number steps into a list.

    Attributes:
        name: What the mapping is called in messages to people.
        files: Patterns of the file names it applies to (``survey/*.csv``).
        text: The message; rows of one ``conversation`` are joined.
        messages: A list of messages, or JSON text that holds one.
        message_role: Within an element of ``messages``: who speaks.
        message_text: Within an element of ``messages``: what was said.
        message_time: Within an element of ``messages``: when.
        context: Beside ``text``: a list of the messages before it, read like ``messages``.
        role: Beside ``text``: who speaks; without it each row is the person's.
        user_roles: The words of ``role`` and ``message_role`` that mean the person.
        assistant_roles: Those that mean the assistant; any other word is neither.
        user: Identifier of the person.
        conversation: Identifier of the conversation.
        message: Identifier of the message, beside ``text``.
        parent: Identifier of the message before, beside ``text``.
        time: When: epoch seconds, milliseconds or finer, or ISO 8601.
        time_format: How ``time`` is written if not so, as for ``strptime``; UTC unless it has %z.
        country: ISO code or name.
        birth_year: Year (or ISO date) of birth.
        age: In years.
        given_name: Given name.
        family_name: Family name.
        gender: As stated.
        language: Code or English name.
        encoding: Of a CSV file, a name that Python knows (``cp1251``).
        delimiter: Of a CSV file; found in its header if not given.

    >>> ColumnMapping(name="survey", text="question", user="respondent.id").messages is None
    True
    """

    name: str
    files: tuple[str, ...] = ("*",)
    text: str | None = None
    messages: str | None = None
    message_role: str = "role"
    message_text: str = "content"
    message_time: str | None = None
    context: str | None = None
    role: str | None = None
    user_roles: tuple[str, ...] = ("user", "human", "prompter")
    assistant_roles: tuple[str, ...] = ("assistant", "gpt", "model", "bot", "ai")
    user: str | None = None
    conversation: str | None = None
    message: str | None = None
    parent: str | None = None
    time: str | None = None
    time_format: str | None = None
    country: str | None = None
    birth_year: str | None = None
    age: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    gender: str | None = None
    language: str | None = None
    encoding: str = "utf-8"
    delimiter: str | None = None

    def __post_init__(self) -> None:
        """Refuse a mapping that names no message, or both kinds of row.

        >>> ColumnMapping(name="survey")
        Traceback (most recent call last):
        ValueError: mapping 'survey': give either text or messages
        """
        if (self.text is None) == (self.messages is None):
            raise ValueError(f"mapping {self.name!r}: give either text or messages")
        if self.delimiter is not None and len(self.delimiter) != 1:
            raise ValueError(f"mapping {self.name!r}: delimiter is one character")
        try:
            "".encode(self.encoding)
        except LookupError:
            raise ValueError(f"mapping {self.name!r}: no encoding {self.encoding!r}") from None
