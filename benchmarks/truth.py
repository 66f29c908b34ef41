"""How the published figures of a simulated observatory lie to the truth that they were drawn from.

    uptake demo DIR
    python benchmarks/truth.py DIR

The demonstration's people are invented, so that the shares its estimates aim at are known
(``DIR/truth.json``). By split and facet it prints how many shares of messages are published, how
often their 95% interval holds the true share, the mean error and the mean width, in points. Errors
of the labeller that stay uncorrected are in it.
"""

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

from uptake.flow.inputs import read_manifest
from uptake.model.dimensions import ALL, DIMENSIONS, KEYS
from uptake.testing.truth import read_truth

TEXT = csv.ConvertOptions(column_types=dict.fromkeys(("month", "value"), pa.string()))


def main(folder: Path) -> None:
    """Print a row for each split and facet."""
    expected = read_truth(folder / "truth.json").expected.by_key()
    release = read_manifest(folder / "build" / "store" / "manifest.json").release
    met: dict[str, list[tuple[bool, float, float]]] = defaultdict(list)
    for path in sorted((folder / "build" / "release" / release / "csv").glob("shares*.csv")):
        for row in csv.read_csv(path, convert_options=TEXT).to_pylist():
            split = "+".join(d for d in DIMENSIONS if row[d] != ALL)
            true = expected.get((split, *(row[name] for name in KEYS[1:])))
            if row["status"] == "published" and row["measure"] == "message_share" and true:
                share = true["message_share"]
                held = row["low"] <= share <= row["high"]
                told = (held, abs(row["share"] - share), row["high"] - row["low"])
                met[f"{split or 'all together'}: {row['facet']}"].append(told)
                met["all figures"].append(told)
    print(f"{'':40}{'shares':>8}{'held':>7}{'error':>7}{'width':>7}")
    for name in sorted(met):
        found = np.array(met[name], dtype=float)
        held, error, width = found.mean(axis=0)
        print(f"{name:40}{len(found):8,}{held:7.0%}{100 * error:7.1f}{100 * width:7.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
