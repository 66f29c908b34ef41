"""No labelling: who wrote, when and where stay countable, what about does not."""

import pyarrow as pa

from uptake.label import table as columns
from uptake.model.labels import SCHEMA, Labels
from uptake.model.messages import UNKNOWN, Messages


def unlabelled(messages: Messages) -> Labels:
    """Lay out messages as labels without any: their language is unknown, their facets are null."""
    size = len(messages)
    known = columns.attributes(messages)
    language = pa.array([UNKNOWN]).dictionary_encode()
    known["language"] = pa.DictionaryArray.from_arrays(
        pa.repeat(pa.scalar(0, pa.int32()), size), language.dictionary
    )
    return Labels(
        pa.table(
            [known.get(field.name, pa.nulls(size, field.type)) for field in SCHEMA], schema=SCHEMA
        )
    )
