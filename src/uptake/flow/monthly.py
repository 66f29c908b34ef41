"""What the stored labels of a log file hold of each month: how many rows, and which ones.

Fingerprints are sums over rows, modulo 2^64: they do not depend on the order of rows or on how a
file was cut, and tell without a look at the rows whether two files hold the same ones of a month.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from uptake.engine import store
from uptake.model.labels import SCHEMA

FILE = "months.json"

Words = NDArray[np.uint64]

_START = np.uint64(0x9E3779B97F4A7C15)
_WORD = 8


class Month(msgspec.Struct, frozen=True):
    """The rows of one month.

    Attributes:
        rows: How many, copies and all.
        ids: Fingerprint of which messages they are.
        whole: Fingerprint of all that is stored of them, labels too.
    """

    rows: int
    ids: int
    whole: int


def months_of(folder: Path) -> dict[int, Month]:
    """Return what a folder of label parts holds, by month as yyyymm (0: no time is known).

    It is computed once and kept beside the parts.
    """
    path = folder / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[int, Month])
    except (FileNotFoundError, msgspec.DecodeError):
        pass
    found: dict[int, Month] = {}
    for part in sorted(folder.glob("part-*.parquet")):
        for month, more in _counted(pq.read_table(part, schema=SCHEMA)).items():
            known = found.get(month, Month(0, 0, 0))
            found[month] = Month(
                known.rows + more.rows,
                (known.ids + more.ids) % 2**64,
                (known.whole + more.whole) % 2**64,
            )
    store.write_bytes(path, msgspec.json.encode(dict(sorted(found.items()))))
    return found


def _counted(table: pa.Table) -> Mapping[int, Month]:
    if not table.num_rows:
        return {}
    month = table["month"].to_numpy()
    ids = whole = np.full(len(month), _START)
    for name in table.column_names:
        for word in _words(pa.concat_arrays(table[name].chunks)):
            whole = _mixed(whole ^ word)
            if name == "message":
                ids = _mixed(ids ^ word)
    order = np.argsort(month, kind="stable")
    first = np.flatnonzero(np.append(True, np.diff(month[order]) != 0))
    rows = np.diff(np.append(first, len(order)))
    sums = [np.add.reduceat(word[order], first) for word in (ids, whole)]
    return {
        int(month[order[at]]): Month(int(n), int(one), int(all_of_it))
        for at, n, one, all_of_it in zip(first, rows, *sums, strict=True)
    }


def _words(column: "pa.Array[Any]") -> list[Words]:
    """Return a column as one or more words of 64 bits a row; what is not labelled is null."""
    import pyarrow.compute as pc

    n = len(column)
    known = np.asarray(pc.is_valid(column).to_numpy(zero_copy_only=False))
    if not known.any():
        return []
    if pa.types.is_dictionary(column.type):
        dictionary: Any = column
        of_value = [_word(value) for value in dictionary.dictionary.to_pylist()]
        code = dictionary.indices.fill_null(0).to_numpy(zero_copy_only=False)
        return [np.where(known, np.asarray(of_value, dtype=np.uint64)[code], np.uint64(0))]
    if pa.types.is_fixed_size_list(column.type):
        listed: Any = column
        width = listed.type.list_size
        raw = listed.values[listed.offset * width : (listed.offset + n) * width].fill_null(0)
        return _packed(raw.to_numpy(zero_copy_only=False).reshape(n, width) * known[:, None])
    if pa.types.is_fixed_size_binary(column.type):
        width = column.type.byte_width
        buffer: Any = column.buffers()[1]
        start = width * column.offset
        return _packed(np.frombuffer(buffer, np.uint8)[start : start + width * n].reshape(n, width))
    filled: Any = column.fill_null(0) if column.null_count else column
    return [filled.to_numpy(zero_copy_only=False).astype(np.int64).view(np.uint64)]


def _packed(raw: NDArray[np.uint8]) -> list[Words]:
    """Return rows of bytes as words."""
    padded = np.zeros((len(raw), -(-raw.shape[1] // _WORD) * _WORD), dtype=np.uint8)
    padded[:, : raw.shape[1]] = raw
    return list(padded.view("<u8").astype(np.uint64).T)


def _word(value: str) -> int:
    return int.from_bytes(hashlib.blake2b(value.encode(), digest_size=_WORD).digest(), "little")


def _mixed(words: Words) -> Words:
    """Mix each word's bits (the finaliser of SplitMix64; Steele, Lea and Flood 2014)."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Words = words ^ (words >> np.uint64(31))
    return mixed
