"""The way through files, against ``neo4j-admin database import full`` alone.

Reports are made one after the other, never held: memory does not grow with ``--edges``.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from graph.bulk import write_reports
from tests.benchmarks.synthetic import edges_option, iter_reports, machine, reports_for
from tests.neo4j_server import fetch_jars, import_full


def main() -> None:
    """Write the files, run the importer, and print both times and their ratio."""
    reports = reports_for(edges_option(__doc__ or "").edges)
    print(f"{machine()}; {fetch_jars().name}, heap 1 GiB", flush=True)  # noqa: T201
    begun = time.perf_counter()
    for _ in iter_reports(reports):
        pass
    making = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as temporary:
        folder, home = Path(temporary) / "import", Path(temporary) / "home"
        begun = time.perf_counter()
        files = write_reports(iter_reports(reports), folder)
        writing = time.perf_counter() - begun - making
        importing = import_full(folder, home, files.arguments())
        size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"{reports:,} reports, {size / 1e6:,.0f} MB of CSV")  # noqa: T201
    print(f"checking and writing files {writing:.1f} s; neo4j-admin {importing:.1f} s")  # noqa: T201
    ratio = (writing + importing) / importing
    print(f"ratio: {ratio:.2f} (promised: 1.3)")  # noqa: T201


if __name__ == "__main__":
    main()
