"""The process that decodes a foreign Parquet file, within bounds: rows go out as JSON lines.

Run by ``uptake.read.parquet`` as ``python -m uptake.read.parquetchild``: a bomb meets the memory
limit here, and a crash of the decoder ends this process only. On standard output each row is one
line of JSON; a row that can not be given is ``!`` and a code; the last line is ``.`` if all rows
were given, or ``!`` and a reason. Nothing else is printed: messages of libraries hold content.
"""

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

if TYPE_CHECKING:
    import pyarrow as pa

END = b"."
FAILED_ROW = b"!row"
NO_TEXT = b"!utf8"
MEMORY = b"!memory"
DAMAGED = b"!damaged"
NO_COLUMNS = b"!columns"


class Task(msgspec.Struct, frozen=True):
    """What to decode.

    Attributes:
        path: The file.
        columns: Top-level columns worth decoding, where the file has them; all if empty.
        rows: Rows decoded at a time.
        memory: Bytes of address space.
    """

    path: str
    columns: tuple[str, ...]
    rows: int
    memory: int


def plain_type(kind: "pa.DataType") -> "pa.DataType":
    """Return a type in which values need no library to become JSON.

    Times become counts of their unit, bytes become text; lists and structs are looked into.

    >>> import pyarrow as pa
    >>> plain_type(pa.list_(pa.timestamp("ms", "UTC")))
    ListType(list<item: int64>)
    """
    import pyarrow as pa

    plain = kind
    if pa.types.is_timestamp(kind):
        plain = pa.int64()
    elif pa.types.is_dictionary(kind):
        plain = plain_type(kind.value_type)
    elif pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        plain = pa.large_string()
    elif pa.types.is_large_list(kind):
        plain = pa.large_list(kind.value_field.with_type(plain_type(kind.value_type)))
    elif pa.types.is_list(kind):
        plain = pa.list_(kind.value_field.with_type(plain_type(kind.value_type)))
    elif pa.types.is_struct(kind):
        fields = [kind.field(at) for at in range(kind.num_fields)]
        plain = pa.struct([field.with_type(plain_type(field.type)) for field in fields])
    return plain


def lines(batch: "pa.RecordBatch") -> Iterator[bytes]:
    """Yield a batch's rows; if they can not be had together, one by one."""
    encode = msgspec.json.Encoder(enc_hook=lambda _: None).encode
    try:
        rows = _plain(batch)
    except MemoryError:
        raise
    except Exception as error:  # whatever the decoder raises concerns some row
        if batch.num_rows == 1:
            yield NO_TEXT if "utf" in str(error).lower() else FAILED_ROW
            return
        for at in range(batch.num_rows):
            yield from lines(batch.slice(at, 1))
        return
    for row in rows:
        yield encode(row)


def _plain(batch: "pa.RecordBatch") -> list[dict[str, object]]:
    """Return rows of plain values; by column, as casting a batch fails on nested nulls."""
    columns: list[list[object]] = []
    for column in batch.columns:
        kind = plain_type(column.type)
        plain: Any = column if column.type.equals(kind) else column.cast(kind, safe=False)
        columns.append(plain.to_pylist())
    names = batch.schema.names
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def decode(task: Task, out: BinaryIO) -> bytes:
    """Write the rows and return the last line."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(task.path, memory_map=False, pre_buffer=False)
        held = set(file.schema_arrow.names)
        columns = [name for name in task.columns if name in held] if task.columns else None
        if columns == []:
            return NO_COLUMNS
        for batch in file.iter_batches(task.rows, columns=columns, use_threads=False):
            out.writelines(line + b"\n" for line in lines(batch))
    except MemoryError:  # pa.ArrowMemoryError is one
        return MEMORY
    except (pa.ArrowException, OSError, ValueError, OverflowError):
        return DAMAGED
    return END


def bound(memory: int) -> None:
    """Bound this process's address space, where the system can, and leave no core file."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def main(argument: str) -> None:
    """Decode the file of a task given as JSON."""
    task = msgspec.json.decode(argument.encode(), type=Task)
    bound(task.memory)
    out = sys.stdout.buffer
    try:
        out.write(decode(task, out) + b"\n")
        out.flush()
    except BrokenPipeError:  # the reader has enough
        sys.stderr.close()
    except MemoryError:
        out.write(b"\n" + MEMORY + b"\n")


if __name__ == "__main__":
    main(sys.argv[1])
