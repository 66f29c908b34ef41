"""Labels of messages: what a message is counted as, without its text; may be stored."""

from dataclasses import dataclass

import pyarrow as pa

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
    ("work", pa.dictionary(pa.int32(), pa.string())),
    ("work_p", pa.list_(pa.uint8(), 3)),
    ("topic", pa.dictionary(pa.int32(), pa.string())),
    ("topic_group", pa.dictionary(pa.int32(), pa.string())),
    ("topic_p", pa.list_(pa.uint8(), 24)),
]
SCHEMA = pa.schema(_COLUMNS)
"""One row a message. ``*_p`` are probabilities in 1/255, in the order of the facet's values:
enough for every later correction, so that the text is never needed again."""


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
