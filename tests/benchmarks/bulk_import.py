"""The way through files, against ``neo4j-admin database import full`` alone.

As ``govmech load --bulk`` does it: reports are made, checked and laid out in as many
processes as the machine has cores, and one puts the files together. Making them stands
for reading and is timed alone, likewise spread, and taken off.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from graph.bulk_load import BulkLoad
from graph.report_lines import Layout, ReportLines
from loaders.parallel import Crashed, map_ordered
from tests.benchmarks.synthetic import edges_option, machine, make_report, reports_for
from tests.neo4j_server import fetch_jars, import_full

WORKERS = os.cpu_count() or 1


def main() -> None:
    """Write the files, run the importer, and print both times and their ratio."""
    reports = reports_for(edges_option(__doc__ or "").edges)
    print(f"{machine()}; {fetch_jars().name}, heap 1 GiB", flush=True)  # noqa: T201
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
        importing = import_full(folder, home, bulk.files.arguments())
        size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"{reports:,} reports, {size / 1e6:,.0f} MB of CSV; {WORKERS} processes")  # noqa: T201
    print(f"checking and writing files {writing:.1f} s; neo4j-admin {importing:.1f} s")  # noqa: T201
    ratio = (writing + importing) / importing
    print(f"ratio: {ratio:.2f} (promised: 1.3)")  # noqa: T201


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
