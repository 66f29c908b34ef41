"""Time and memory from document files to claims: news pages of HTML, and one long text.

    python benchmarks/reading.py TEXTS [--pages 200] [--signs 600000]

TEXTS is a folder of ``.txt`` files, of whose paragraphs pages of about 2,000 signs are made. Times
are of the processor, so that what else a machine does matters little. The first pages, for which
the catalogue is read, are told apart.
"""

import argparse
import html
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from uptake.gather import analysed, document_claims, gather_document
from uptake.model.issue import Issue

PAGE = 2_000
"""Signs of a page of news."""


def texts(folder: Path) -> list[str]:
    """Return texts of about a page, each of the paragraphs of one file."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        page = ""
        for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
            page += f"{paragraph}\n\n"
            if len(page) >= PAGE:
                found.append(page)
                page = ""
    return found


def page(text: str, number: int) -> str:
    """Return a page of a news site with a text and what stands around it there."""
    body = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n") if part)
    menu = "".join(f'<li><a href="/section/{n}">Section {n}</a></li>' for n in range(40))
    title = f"News {number}"
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body><nav><ul>{menu}</ul></nav>"
        f"<article><h1>{title}</h1>{body}</article><footer>{menu}</footer></body></html>"
    )


def seconds(paths: Sequence[Path]) -> Iterator[tuple[float, float, int]]:
    """Yield for each file the seconds until its text and until its claims, and their number."""
    for path in paths:
        start = time.process_time()
        found = gather_document(path, name=path.name)
        if isinstance(found, Issue):
            raise SystemExit(f"{path.name}: {found.code}: {found.detail}")
        read = time.process_time()
        claims = document_claims(*found, analysed(*found))
        yield read - start, time.process_time() - start, len(claims)


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("texts", type=Path)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--signs", type=int, default=600_000)
    options = parser.parse_args(arguments)
    parts = texts(options.texts)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = []
        for number, text in enumerate(islice(cycle(parts), options.pages)):
            pages.append(folder / f"{number}.html")
            pages[-1].write_text(page(text, number), encoding="utf-8")
        first = sum(total for _, total, _ in seconds(pages[: len(parts)]))
        print(f"first {len(parts[: len(pages)])} pages: {first:.1f} s, the catalogue read")
        told = list(seconds(pages))
        total = sum(t for _, t, _ in told)
        print(
            f"{len(told)} pages: {1000 * sum(t for t, _, _ in told) / len(told):.1f} ms to text,",
            f"{1000 * total / len(told):.1f} ms to claims: {60 * len(told) / total:,.0f} a minute",
        )
        long = folder / "long.txt"
        long.write_text("".join(islice(cycle(parts), options.signs // PAGE)), encoding="utf-8")
        [(_, whole, claims)] = seconds([long])
        size = len(long.read_text(encoding="utf-8"))
        print(f"{size:,} signs: {whole:.1f} s, {claims:,} claims")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory {peak:,} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
