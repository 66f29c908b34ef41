"""LMSYS-Chat-1M rows: one conversation a row, without user, time or country."""

from typing import Any, Final

from uptake.read import wildchat
from uptake.read.record import Format


def fits(record: dict[str, Any]) -> bool:
    """Return whether an object is a row of LMSYS-Chat-1M."""
    turns = record.get("conversation")
    if not isinstance(turns, list):
        return False
    return not turns or (isinstance(turns[0], dict) and "role" in turns[0])


FORMAT: Final = Format(
    name="lmsys",
    title="LMSYS-Chat-1M rows",
    fits=fits,
    shape=wildchat.Row,
    read=wildchat.read,
    identity=("conversation_id",),
    columns=wildchat.Row.__struct_fields__,
)
