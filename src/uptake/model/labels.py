"""Labels of messages: what a message is counted as, without its text; may be stored."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

LANGUAGES = ("en", "ru", "kk", "uz", "ky", "tg", "tk", "az", "tr", "other")

_COLUMNS: list[tuple[str, pa.DataType]] = [
    ("bucket", pa.uint8()),
    ("user", pa.binary(16)),
    ("user_known", pa.bool_()),
    ("conversation", pa.binary(16)),
    ("message", pa.binary(16)),
    ("time", pa.int64()),
    ("month", pa.int32()),
    ("place", pa.dictionary(pa.int32(), pa.string())),
    ("age_band", pa.dictionary(pa.int32(), pa.string())),
    ("gender", pa.dictionary(pa.int32(), pa.string())),
    ("language", pa.dictionary(pa.int32(), pa.string())),
    ("language_p", pa.uint8()),
    ("intent", pa.dictionary(pa.int32(), pa.string())),
    ("intent_p", pa.list_(pa.uint8(), 3)),
    ("intent_band", pa.uint8()),
    ("work", pa.dictionary(pa.int32(), pa.string())),
    ("work_p", pa.list_(pa.uint8(), 3)),
    ("work_band", pa.uint8()),
    ("topic", pa.dictionary(pa.int32(), pa.string())),
    ("topic_group", pa.dictionary(pa.int32(), pa.string())),
    ("topic_p", pa.list_(pa.uint8(), 24)),
    ("topic_band", pa.uint8()),
]
SCHEMA = pa.schema(_COLUMNS)
"""One row a message. ``*_p`` are probabilities in 1/255, in the order of the facet's values:
enough for every later correction, so that the text is never needed again. ``*_band`` is how sure
the labeller was: 0, 1 or 2 by ``BANDS``; a topic group has the band of its topic."""

BANDS = (153, 217)
"""A message is in band 0 if its largest probability is below the first (0.6), in band 2 if it is
not below the second (0.85), in 1/255 as stored."""


def bands(p: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the band of each message.

    Args:
        p: (M, values) probabilities as stored.

    >>> bands(np.array([[128, 127], [200, 55], [255, 0]], dtype=np.uint8)).tolist()
    [0, 1, 2]
    """
    found: NDArray[np.uint8] = np.searchsorted(BANDS, p.max(axis=1), side="right").astype(np.uint8)
    return found


@dataclass(frozen=True, slots=True)
class Labels:
    """A batch of labelled messages. Only ``uptake.label`` makes it.

    Attributes:
        table: Rows by ``SCHEMA``; there is no text column, and adding one fails here.
    """

    table: pa.Table

    def __post_init__(self) -> None:
        """Refuse any other schema."""
        if not self.table.schema.equals(SCHEMA):
            raise TypeError("Labels hold the columns of labels.SCHEMA and no other")
