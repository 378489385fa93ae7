"""The way through files, against ``neo4j-admin database import full`` alone.

As ``govmech load --bulk`` does it: reports are made, checked and laid out in as many
processes as the machine has cores, and one puts the files together. Making them stands
for reading and is timed alone, likewise spread, and taken off. All this is done several
times, since the time of the importer alone varies by a fifth from one run to the next.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from statistics import median

from graph.bulk_load import BulkLoad
from graph.report_lines import Layout, ReportLines
from loaders.parallel import Crashed, map_ordered
from tests.benchmarks.synthetic import edges_option, machine, make_report, reports_for
from tests.neo4j_server import fetch_jars, import_full

WORKERS = os.cpu_count() or 1
ROUNDS = 5


def main() -> None:
    """Write the files and run the importer several times; print the times and their ratio."""
    reports = reports_for(edges_option(__doc__ or "").edges)
    print(f"{machine()}; {fetch_jars().name}, heap 1 GiB", flush=True)  # noqa: T201
    print(f"{reports:,} reports; {WORKERS} processes", flush=True)  # noqa: T201
    ratios = []
    for _ in range(ROUNDS):
        writing, importing = _round(reports)
        ratios.append((writing + importing) / importing)
        times = f"checking and writing files {writing:.1f} s; neo4j-admin {importing:.1f} s"
        print(f"{times}; {ratios[-1]:.2f}", flush=True)  # noqa: T201
    print(f"ratio: {median(ratios):.2f}, median of {ROUNDS} (promised: 1.3)")  # noqa: T201


def _round(reports: int) -> tuple[float, float]:
    """Seconds that checking and writing take, and those of the importer."""
    begun = time.perf_counter()
    for _ in map_ordered(_make, range(reports), WORKERS):
        pass
    making = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as temporary:
        folder, home = Path(temporary) / "import", Path(temporary) / "home"
        begun = time.perf_counter()
        with BulkLoad(folder) as bulk:
            for _, lines in map_ordered(_LaidOut(bulk.layout()), range(reports), WORKERS):
                assert not isinstance(lines, Crashed)
                bulk.write([lines])
            bulk.finish()
        assert bulk.files
        writing = time.perf_counter() - begun - making
        return writing, import_full(folder, home, bulk.files.arguments())


def _make(number: int) -> None:
    make_report(number)


class _LaidOut:
    """Makes a report and lays it out, in whichever process."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def __call__(self, number: int) -> ReportLines:
        return self._layout(make_report(number))


if __name__ == "__main__":
    main()
