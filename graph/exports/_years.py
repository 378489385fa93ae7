"""Years in which nodes and relationships are there, for formats that have time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

from graph.ddl import REPORT_EDGES
from graph.model import Node
from graph.schema import OWNED, label_of
from graph.view import GraphView, Relationship

_CACHE_KIB = 16_384
"""What the table may have in memory; the rest waits in a file that nobody else sees."""


class Years:
    """Years of a graph: see :func:`find_years`."""

    def __init__(self, table: sqlite3.Connection) -> None:
        self._table = table
        self._report: tuple[str, tuple[int, ...]] = ("", ())

    def of_node(self, node: Node) -> tuple[int, ...]:
        """Years of the reports that speak of a node, sorted.

        A passage or measure has the year of its report. Empty for what no report
        speaks of, such as a place: it is there at all times.
        """
        if node.label in OWNED:
            return self._of_report(str(node.properties["report"]))
        return self._find(node.id)

    def of_edge(self, edge: Relationship) -> tuple[int, ...]:
        """The year of a relationship, or of its report; empty where there is neither."""
        year = edge.properties.get("year")
        if isinstance(year, int):
            return (year,)
        report = edge.properties.get("report")
        return self._of_report(str(report)) if report else ()

    def _of_report(self, report: str) -> tuple[int, ...]:
        # What comes one after the other is mostly of one report.
        if report != self._report[0]:
            self._report = (report, self._find(report))
        return self._report[1]

    def _find(self, id_: str) -> tuple[int, ...]:
        rows = self._table.execute("SELECT year FROM seen WHERE id = ? ORDER BY year", (id_,))
        return tuple([year for (year,) in rows])

    def _fill(self, view: GraphView) -> None:
        reports = view.iter_nodes(["Report"], properties=["year"])
        self._add((r.id, r.properties["year"]) for r in reports if "year" in r.properties)
        self._add(self._ends(view))

    def _ends(self, view: GraphView) -> Iterator[tuple[str, int]]:
        for edge in view.iter_edges(REPORT_EDGES, properties=["report", "year"]):
            for year in self.of_edge(edge):
                for id_ in (edge.source, edge.target):
                    # A report that cites has its own year already.
                    if label_of(id_) not in (*OWNED, "Report"):
                        yield id_, year

    def _add(self, rows: Iterable[tuple[str, object]]) -> None:
        self._table.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", rows)


@contextmanager
def find_years(view: GraphView) -> Iterator[Years]:
    """Find the years of all nodes and relationships, in memory that does not grow with them."""
    # Without a name, a database is a temporary file that is gone when it is closed.
    with closing(sqlite3.connect("", isolation_level=None)) as table:
        table.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        table.execute("PRAGMA journal_mode = OFF")
        table.execute(
            "CREATE TABLE seen (id TEXT, year INTEGER, PRIMARY KEY (id, year)) WITHOUT ROWID"
        )
        table.execute("BEGIN")
        years = Years(table)
        years._fill(view)
        yield years
