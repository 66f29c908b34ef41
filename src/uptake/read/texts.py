"""What was said, out of the ways in which exports write contents and roles."""

from typing import Final

from uptake.model.conversation import Role

ROLES: Final[dict[str, Role]] = {
    "user": "user",
    "human": "user",
    "prompter": "user",
    "assistant": "assistant",
    "gpt": "assistant",
    "chatgpt": "assistant",
    "claude": "assistant",
    "bing": "assistant",
    "bard": "assistant",
    "gemini": "assistant",
    "model": "assistant",
    "bot": "assistant",
    "ai": "assistant",
    "chatbot": "assistant",
}
"""The words for who speaks; any other (system, tool, function, developer) is no turn."""

_TEXT_PARTS = frozenset(("text", "input_text", "output_text"))
_SILENT_PARTS = frozenset(
    ("tool_use", "tool_result", "tool_call", "thinking", "redacted_thinking", "reasoning")
)


def role_of(word: object) -> Role | None:
    """Return who speaks, None for anybody but the person and the assistant.

    >>> role_of("Human"), role_of("system"), role_of(None)
    ('user', None, None)
    """
    if not isinstance(word, str):
        return None
    return ROLES.get(word) or ROLES.get(word.strip().lower())


def spoken(content: object) -> str | None:
    """Return the text of a message's content: a string, or a list of parts.

    Text parts are joined by line ends. Content that holds only an image, a recording or a file
    is an empty text; content that holds nothing at all is None.

    >>> spoken([{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {}}])
    'What is this?'
    >>> spoken([{"type": "image_url", "image_url": {}}])
    ''
    >>> spoken([]) is None
    True
    """
    if isinstance(content, str):
        return content if content and not content.isspace() else None
    if isinstance(content, dict):
        content = [content]
    if not isinstance(content, list):
        return None
    texts: list[str] = []
    media = False
    for part in content:
        text, is_media = _part(part)
        if text:
            texts.append(text)
        media = media or is_media
    if texts:
        return "\n".join(texts)
    return "" if media else None


def _part(part: object) -> tuple[str | None, bool]:
    """Return a part's text, and whether the part is something else than text."""
    if isinstance(part, str):
        return (None if part.isspace() else part), False
    if not isinstance(part, dict):
        return None, False
    kind = part.get("type", part.get("content_type"))
    if not isinstance(kind, str):
        kind = "text"
    if kind in _SILENT_PARTS:
        return None, False
    if kind in _TEXT_PARTS or kind == "audio_transcription":
        text = part.get("text", part.get("value"))
        return (text if isinstance(text, str) and not text.isspace() else None), False
    transcript = _transcript(part)
    return transcript, transcript is None


def _transcript(part: dict[object, object]) -> str | None:
    """Return what a recording says, where the export wrote it down."""
    for holder in (part, part.get("input_audio"), part.get("audio")):
        if isinstance(holder, dict):
            text = holder.get("transcript")
            if isinstance(text, str) and text and not text.isspace():
                return text
    return None
