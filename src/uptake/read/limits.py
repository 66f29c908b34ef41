"""How much of an input is believed before it is refused."""

import msgspec

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds on what one file may ask of the machine; byte limits decide, a ratio only warns.

    Attributes:
        line_bytes: Longest line of JSON lines or row of CSV; a longer one is passed over, unread.
        record_bytes: Longest element of a JSON array, longest object that is not a line.
        text_chars: Longest message text; the rest of a longer one is cut off.
        window_chars: Text held open while the rows of a conversation are put together.
        unpacked_bytes: Most bytes of one compressed file or archive member, and of all members.
        ratio: Unpacked bytes per packed byte above which a file is suspected.
        members: Most members of an archive.
        directory_bytes: Longest list of members (a zip's central directory).
        account_bytes: Largest account file within an archive.
        parquet_bytes: Address space of the process that decodes a Parquet file.
        parquet_rows: Rows it decodes at a time.
        give_up_after: Rejected records at the start of a file after which it is refused.
        earliest: Earliest time believed, seconds since 1970 (2000-01-01).
        latest: Latest time believed, seconds since 1970 (2100-01-01); a caller who knows what
            day it is may pass less.
    """

    line_bytes: int = 8 * MIB
    record_bytes: int = 64 * MIB
    text_chars: int = 64 * KIB
    window_chars: int = 32 * MIB
    unpacked_bytes: int = 64 * GIB
    ratio: int = 200
    members: int = 100_000
    directory_bytes: int = 64 * MIB
    account_bytes: int = 4 * MIB
    parquet_bytes: int = 2 * GIB
    parquet_rows: int = 256
    give_up_after: int = 10_000
    earliest: float = 946_684_800.0
    latest: float = 4_102_444_800.0
