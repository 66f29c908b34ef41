"""Where the signs of addresses stand in a column of texts: as they are, in words, or apart."""

import numpy as np

from uptake.pseudonymise.masking import lexicon as lx
from uptake.pseudonymise.masking.column import Column, Found, Mask, Places, any_of
from uptake.pseudonymise.masking.looks import LINKS, PLAIN, SIGNS

_NETWORK_REACH = 4
"""Words before an at-sign in a common word, among which that of a network may be."""

_SPACES = any_of(b" \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f") | (np.arange(256) >= 0x80)
_OPENINGS = any_of(b"([{<")
_CLOSINGS = any_of(b")]}>")


def signs(column: Column) -> Found:
    """Signs of addresses in words, in brackets or apart."""
    words = column.words
    kinds = words.kinds
    line, at, ends = (words.of(kind) for kind in (lx.LINE, lx.AT, lx.END))
    unsure, said = words.of(lx.UNSURE), words.of(lx.DOT | lx.SLASH)
    unsure, said = (part[part < len(kinds) - 1] for part in (unsure, said))
    domain = (kinds[said] & lx.DOT > 0) & (kinds[said + 1] & lx.END > 0)
    path = (kinds[said] & lx.SLASH > 0) & (kinds[said - 1] & lx.END > 0)
    at = at[
        _within(words.starts[ends], words.ends[at], _DOMAIN_REACH)
        | _tells(column, at, line)
        | _networks(column, at)
    ]
    provider = unsure[kinds[unsure + 1] & lx.PROVIDER > 0]
    provider = provider[column.raw[words.ends[provider + 1]] == ord(".")]
    near = unsure[_networks(column, unsure)]
    near = near[_tells(column, near, line)]
    scheme = _schemes(column)
    for hit in (at, provider, near, _bracketed(column, unsure)):
        yield words.starts[hit], words.ends[hit], SIGNS
    yield words.starts[scheme], words.ends[scheme], LINKS
    for hit in (line, said[domain | path], ends[_apart(column, ends)]):
        yield words.starts[hit], words.ends[hit], SIGNS | LINKS


_DOMAIN_REACH, _HANDLE_REACH = 300, 160
"""Bytes behind an at-sign in which a domain's end stands, or what tells that a name is one."""


def _within(places: Places, behind: Places, reach: int) -> Mask:
    """Return behind which of some places one of others stands within reach."""
    return np.searchsorted(places, behind) < np.searchsorted(places, behind + reach)


def _tells(column: Column, at: Places, line: Places) -> Mask:
    """Return behind which words a digit or an underscore stands within reach."""
    words = column.words
    behind = words.ends[at]
    return (
        _within(words.starts[words.digits], behind, _HANDLE_REACH)
        | _within(column.signs["_"], behind, _HANDLE_REACH)
        | _within(words.starts[line], behind, _HANDLE_REACH)
    )


def _bracketed(column: Column, unsure: Places) -> Places:
    """Return which words stand in brackets."""
    raw = column.raw
    starts, ends = column.words.starts[unsure], column.words.ends[unsure]
    before = np.where(_SPACES[raw[starts - 1]], starts - 2, starts - 1)
    after = np.where(_SPACES[raw[ends]], ends + 1, ends)
    opened = _OPENINGS[raw[before]] | (raw[before - 2] == _WIDE_SIGN)
    inside: Mask = opened & (_CLOSINGS[raw[after]] | (raw[after] == _WIDE_SIGN))
    return unsure[inside]


_WIDE_SIGN = 0xEF
"""First byte of a bracket as wide as a Chinese character."""


def _schemes(column: Column) -> Places:
    """Return where a scheme is not joined to what follows."""
    raw, words = column.raw, column.words
    scheme = words.of(lx.WEB)
    ends = words.ends[scheme]
    plain = (raw[ends] == ord(":")) & (raw[ends + 1] == ord("/")) & (raw[ends + 2] == ord("/"))
    apart = (raw[ends] == ord(":")) | _SPACES[raw[ends]]
    odd: Mask = apart & (~plain | _SPACES[raw[ends + 3]])
    return scheme[odd]


def _apart(column: Column, ends: Places) -> Mask:
    """Return which last labels a dot stands before, apart or in brackets, or a slash behind."""
    raw = column.raw
    starts, behind = column.words.starts[ends], column.words.ends[ends]
    spaced = _SPACES[raw[starts - 1]] & (raw[starts - 2] == ord(".")) & _SPACES[raw[starts - 3]]
    for back in (1, 2, 3):
        place = starts - back
        closed = _CLOSINGS[raw[place]] | (raw[place - 2] == _WIDE_SIGN)
        inside = (raw[place - 1] == ord(".")) | (raw[place - 2] == ord("."))
        inside |= (raw[place - 3] == ord(".")) | (raw[place - 4] == ord("."))
        spaced |= closed & inside
    slash = _SPACES[raw[behind]] & (raw[behind + 1] == ord("/")) & (raw[starts - 1] == ord("."))
    either: Mask = spaced | slash
    return either


def _networks(column: Column, unsure: Places) -> Mask:
    """Return before which words that of a network stands, or one that begins as it."""
    backs = np.arange(1, _NETWORK_REACH + 1)[:, np.newaxis]
    before = unsure - backs
    known = lx.begins(lx.networks(), column.words.keys[np.maximum(before, 0)])
    near: Mask = np.any(known & (before >= 0), axis=0)
    return near


def addresses(column: Column) -> Found:
    """Plain signs of addresses."""
    raw, words = column.raw, column.words
    at, slash, line, colon = (column.signs[sign] for sign in "@/_:")
    apart = (_SPACES | _OPENINGS)[raw[at - 1]] | (_SPACES | _CLOSINGS)[raw[at + 1]]
    apart |= (raw[at - 1] == 0) | (raw[at + 1] == _WIDE_SIGN) | (raw[at - 3] == _WIDE_SIGN)
    yield at, at + 1, np.where(apart, PLAIN | SIGNS, PLAIN)
    scheme = slash[(raw[slash - 1] == ord(":")) & (raw[slash + 1] == ord("/"))]
    yield scheme - 1, scheme + 2, PLAIN
    # Short last labels before a slash: vk.com/name.
    far = np.zeros(len(slash), np.bool_)
    for size in (2, 3):
        far |= raw[slash - size - 1] == ord(".")
    host = slash[far]
    yield host - 1, host + 1, PLAIN
    web = words.of(lx.WEB)
    web = web[raw[words.ends[web]] == ord(".")]
    yield words.starts[web], words.ends[web], PLAIN
    line = line[_SPACES[raw[line - 1]] | _SPACES[raw[line + 1]]]
    if len(line) and len(slash):
        before = slash[np.maximum(np.searchsorted(slash, line) - 1, 0)]
        line = line[(before < line) & (line - before < 256)]
    yield line, line + 1, LINKS
    if len(colon) > 2:
        near = colon[1:] - colon[:-1] <= 5
        three = np.flatnonzero(near[:-1] & near[1:])
        yield colon[three], colon[three + 2], PLAIN
