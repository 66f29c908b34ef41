"""Messages in a row -> turns that each follow the one before."""

from collections.abc import Iterable

from uptake.model.conversation import Turn
from uptake.read.record import Cursor
from uptake.read.texts import ROLES, role_of, spoken

Said = tuple[str | None, object, object, str]
"""Who speaks (in the record's word), the content, the time as stated, the message's id."""


def in_a_row(messages: Iterable[Said], cursor: Cursor) -> tuple[Turn, ...]:
    """Turn messages into turns; system prompts, tool output and empty messages are left out.

    A message by a person that holds only an image or a file is kept, with an empty text.
    """
    turns: list[Turn] = []
    append, known = turns.append, ROLES.get
    longest = cursor.limits.text_chars
    last = -1
    for word, content, stated, id_ in messages:
        role = known(word or "")  # most exports use our words
        if role is None:
            role = role_of(word)
            if role is None:
                continue
        text = content if type(content) is str and content else spoken(content)
        if not text or text.isspace():
            if role != "user":
                continue  # a step that only called a tool
            if text is None or text:
                cursor.warn("empty-message")
                continue
        if len(text) > longest:
            text = cursor.cut(text)
        append(Turn(role, text, cursor.time(stated) if stated else None, last, id_))
        last += 1
    return tuple(turns)
