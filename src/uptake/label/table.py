"""Probabilities beside who, when and where, as the table that is stored."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uptake import catalog
from uptake.model.labels import LANGUAGES, SCHEMA, bands
from uptake.model.messages import Messages


def table(messages: Messages, probabilities: dict[str, NDArray[np.float32]]) -> pa.Table:
    """Lay out the columns of ``labels.SCHEMA``, a row for each message of a person.

    The stored value of a facet is its most probable one. A topic's group is that of the stored
    topic, so that the two never contradict each other: taking the group with the largest sum
    instead agreed with held-out labels no better (see the model card).
    """
    topic = catalog.facet("topic")
    groups = [group.id for group in topic.groups]
    of_topic = np.array([groups.index(value.group) for value in topic.values], dtype=np.int32)
    best = {name: p.argmax(axis=1).astype(np.int32) for name, p in probabilities.items()}
    language = np.take_along_axis(probabilities["language"], best["language"][:, None], axis=1)
    columns = {
        **attributes(messages),
        "language": _coded(best["language"], LANGUAGES),
        "language_p": pa.array(_bytes(language).ravel()),
        "topic_group": _coded(of_topic[best["topic"]], groups),
    }
    for name in ("intent", "work", "topic"):
        columns[name] = _coded(best[name], catalog.facet(name).ids)
        stored = _bytes(probabilities[name])
        columns[f"{name}_p"] = _lists(stored)
        columns[f"{name}_band"] = pa.array(bands(stored))
    return pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA)


def attributes(messages: Messages) -> dict[str, "pa.Array[Any]"]:
    """Lay out the columns that no label enters: who, when and where."""
    return {
        "bucket": pa.array(messages.bucket),
        "user": _fixed(messages.user),
        "user_known": pa.array(messages.user_known),
        "conversation": _fixed(messages.conversation),
        "message": _fixed(messages.message),
        "time": pa.array(messages.time),
        "month": pa.array(messages.month),
        "place": _strings(messages.place),
        "age_band": _strings(messages.age_band),
        "gender": _strings(messages.gender),
    }


def _bytes(p: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.rint(p * 255).astype(np.uint8)


def _lists(p: NDArray[np.uint8]) -> "pa.Array[Any]":
    return pa.FixedSizeListArray.from_arrays(pa.array(p.ravel()), p.shape[1])


def _fixed(pseudonyms: NDArray[np.bytes_]) -> "pa.Array[Any]":
    """View 16-byte pseudonyms as they are: a trailing zero byte belongs to them."""
    raw = np.ascontiguousarray(pseudonyms, dtype="S16")
    return pa.Array.from_buffers(pa.binary(16), len(raw), [None, pa.py_buffer(raw.tobytes())])


def _coded(index: NDArray[np.int32], values: Sequence[str]) -> "pa.Array[Any]":
    return pa.DictionaryArray.from_arrays(pa.array(index, type=pa.int32()), pa.array(list(values)))


def _strings(values: list[str]) -> "pa.Array[Any]":
    return pa.array(values, type=pa.string()).dictionary_encode()
