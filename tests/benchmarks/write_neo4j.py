"""Reports a second through the store, against a bare driver loop that sends the same rows.

The bare loop has its rows ready, checks nothing and knows nothing of reports: it
sends the statements of :mod:`graph.writes` with the driver alone. The two take
turns, a transaction each, in one database, so that whatever else the machine
does and however large the graph has grown falls on both.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from statistics import median

import neo4j

from graph.model import ReportGraph
from graph.opening import open_store
from graph.store import Row
from graph.writes import write_batch
from tests.benchmarks.synthetic import edges_option, iter_reports, machine, reports_for
from tests.neo4j_server import PASSWORD, fetch_jars, running_server

JAVA = ("-Xms2g", "-Xmx2g")
REPORTS_PER_TURN = 60
"""About 20,000 rows: one transaction."""


def main() -> None:
    """Write, and print both rates and their ratio."""
    edges = edges_option(__doc__ or "").edges
    rates: dict[str, list[float]] = {"store": [], "bare loop": []}
    print(f"{machine()}; {fetch_jars().name}, heap 2 GiB", flush=True)  # noqa: T201
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder) / "home", JAVA) as url,
        open_store(url, password=PASSWORD) as store,
        neo4j.GraphDatabase.driver(url, auth=("neo4j", PASSWORD)) as driver,
    ):
        for number, turn in enumerate(_turns(2 * reports_for(edges) + 2 * REPORTS_PER_TURN)):
            name = "store" if number % 2 else "bare loop"
            statements = _statements(turn)
            begun = time.perf_counter()
            if name == "store":
                store.write(turn)
            else:
                _send(driver, statements)
            rows = sum(1 + len(g.nodes) + len(g.edges) for g in turn)
            rates[name].append(rows / (time.perf_counter() - begun))
    # The first of each warms up; what else runs here is in few turns, so the median is without it.
    middle = {name: median(values[1:]) for name, values in rates.items()}
    for name, values in rates.items():
        print(f"{name}: {middle[name]:,.0f} rows a second, median of {len(values) - 1} turns")  # noqa: T201
    print(f"ratio: {middle['store'] / middle['bare loop']:.2f} (promised: 0.9)")  # noqa: T201


def _turns(reports: int) -> Iterator[list[ReportGraph]]:
    source = iter_reports(reports)
    while turn := list(islice(source, REPORTS_PER_TURN)):
        yield turn


def _statements(graphs: list[ReportGraph]) -> list[tuple[str, Mapping[str, object]]]:
    """What the store would send."""
    sent: list[tuple[str, Mapping[str, object]]] = []

    def record(cypher: str, params: Mapping[str, object]) -> list[Row]:
        if "rows" in params:
            sent.append((cypher, {"rows": [*params["rows"]]}))  # type: ignore[misc]
        return []

    with ThreadPoolExecutor(1) as beside:
        write_batch(record, graphs, beside)
    return sent


def _send(driver: neo4j.Driver, statements: list[tuple[str, Mapping[str, object]]]) -> None:
    def work(tx: neo4j.ManagedTransaction) -> None:
        for cypher, params in statements:
            tx.run(cypher, dict(params)).consume()

    with driver.session() as session:
        session.execute_write(work)


if __name__ == "__main__":
    main()
