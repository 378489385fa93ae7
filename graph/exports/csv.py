"""Two tables, nodes.csv and edges.csv, for anything that reads tables."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from graph.exports._columns import as_text, edge_columns, node_columns
from graph.model import Value
from graph.view import GraphView

NAME = "csv"
ABOUT = "nodes.csv and edges.csv, UTF-8, text as it is, lists as JSON"
CANNOT = (
    "The difference between an unknown value and an empty text. Text is not changed, so a "
    "spreadsheet that opens the table may take a cell for a formula: read it as data, or take"
    " xlsx."
)
FILE_SUFFIX = ""


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write the two tables; see :mod:`graph.exports`.

    Text is not changed: a cell that begins with ``=`` is one that a report begins
    so. Read the tables as data, not by a double click in a spreadsheet.
    """
    out.mkdir()
    node_names = ("id", "label", *(p.name for p in node_columns() if p.name != "id"))
    edge_names = ("source", "type", "target", *(p.name for p in edge_columns()))
    _write_table(
        out / "nodes.csv",
        node_names,
        ({"label": n.label, **n.properties} for n in view.iter_nodes()),
    )
    _write_table(
        out / "edges.csv",
        edge_names,
        (
            {"source": e.source, "type": e.type, "target": e.target, **e.properties}
            for e in view.iter_edges()
        ),
    )
    return ("An empty cell is a value that is unknown or an empty text.",)


def _write_table(path: Path, names: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        # Lines end as in RFC 4180; with another end a lone carriage return goes unquoted.
        writer = csv.writer(file)
        writer.writerow(names)
        for row in rows:
            writer.writerow([as_text(row[name]) if name in row else "" for name in names])
