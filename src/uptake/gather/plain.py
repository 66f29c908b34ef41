"""A stored text as it is read: sign for sign as long, so that every span of it is a span there."""


def plain(text: str, begin: int = 0) -> str:
    r"""Return a text with one kind of line end, and nothing but space before ``begin``.

    The stored text keeps its line ends and the block at its head; what looks for paragraphs and
    sentences wants to know of neither.

    >>> plain("\ufeffOne\r\n\r\nTwo\rThree")
    ' One \n \nTwo\nThree'
    >>> plain("---\nlanguage: en\n---\nText.", 21)
    '                     Text.'
    """
    read = text.replace("\r\n", " \n").replace("\r", "\n")
    if read.startswith("\ufeff"):
        begin = max(begin, 1)
    return " " * begin + read[begin:]
