"""Text is read in the encoding that it is in, or not at all."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.gather.encodings import decode, refuse_misread
from uptake.gather.reasons import NotADocumentError

SAMPLES = {
    "cp1251": "Казахстан и Узбекистан подписали соглашение в Астане.",
    "koi8-r": "Казахстан и Узбекистан подписали соглашение в Астане.",
    "cp1254": "Türkiye ile Özbekistan İstanbul'da anlaşma imzaladı.",
    "utf-16": "Қазақстан мен Өзбекстан келісімге қол қойды.",
    "utf-8-sig": "Қазақстан мен Өзбекстан келісімге қол қойды.",
}


@pytest.mark.parametrize("encoding", SAMPLES)
def test_a_declared_encoding_is_used(encoding: str) -> None:
    text = decode(SAMPLES[encoding].encode(encoding), encoding)
    assert text.removeprefix("\ufeff") == SAMPLES[encoding]
    refuse_misread(text)


@pytest.mark.parametrize(
    ("written", "declared"),
    [("cp1251", "latin-1"), ("cp1251", "cp1252"), ("cp1251", "koi8-r"), ("koi8-r", "cp1251"),
     ("koi8-r", "latin-1"), ("utf-16", "latin-1")],
)  # fmt: skip
def test_text_in_a_wrong_encoding_is_refused(written: str, declared: str) -> None:
    data = SAMPLES[written].encode(written).removeprefix(b"\xff\xfe")
    with pytest.raises(NotADocumentError):
        refuse_misread(decode(data, declared))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_utf_8_is_read_whatever_is_declared(text: str) -> None:
    assert decode(text.encode(), "cp1251") == text


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with suppress(NotADocumentError):
        assert decode(data) or not data.strip(b"\xef\xbb\xbf\xff\xfe\x00")
