"""SQLite, for Datasette and anybody's SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from graph.errors import ExportError
from graph.exports._columns import label_columns
from graph.model import Value
from graph.schema import EDGE_TYPES, NODE_TYPES, EdgeType, NodeType, Property, edge_properties
from graph.view import GraphView, Relationship

NAME = "sqlite"
ABOUT = "SQLite, a table for each label, type and its evidence; opens in Datasette"
HOLDS = "What SQLite keeps of the file: 2 MB."
FILE_SUFFIX = ".db"

_TYPES = {"INTEGER": "INTEGER", "FLOAT": "REAL", "BOOLEAN": "INTEGER"}
_EVIDENCE = {
    "text": "evidence_all", "start": "start_all", "end": "end_all",
    "status": "status_all", "rule": "rule_all",
}  # fmt: skip
_NODE = (
    'CREATE TABLE "node" ("id" TEXT PRIMARY KEY, "label" TEXT NOT NULL, "name" TEXT) WITHOUT ROWID'
)


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write tables with foreign keys, indexes and full text; see :mod:`graph.exports`."""
    try:
        _write_database(view, out)
    except sqlite3.Error as exc:
        raise ExportError(f"the database cannot be written: {exc}") from exc
    return ()


def _write_database(view: GraphView, out: Path) -> None:
    with closing(sqlite3.connect(out, isolation_level=None)) as db:
        # A file that is renamed when whole needs no journal of its own.
        for statement in ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "BEGIN", _NODE):
            db.execute(statement)
        for node_type in NODE_TYPES:
            _write_nodes(db, node_type, view)
        for edge_type in EDGE_TYPES:
            _write_edges(db, edge_type, view)
        db.execute(_evidence_view())
        db.execute("COMMIT")


def _write_nodes(db: sqlite3.Connection, kind: NodeType, view: GraphView) -> None:
    columns = label_columns(kind.label)
    db.execute(
        f'CREATE TABLE "{kind.label}" ("id" TEXT PRIMARY KEY REFERENCES "node" ("id"), '
        + ", ".join(map(_column, columns[1:]))
        + ")"
    )
    names = [p.name for p in columns]
    insert = f'INSERT INTO "{kind.label}" VALUES ({_marks(len(names))})'
    for node in view.iter_nodes([kind.label]):
        db.execute(
            'INSERT INTO "node" VALUES (?, ?, ?)',
            (node.id, kind.label, node.properties.get("name")),
        )
        db.execute(insert, _row(names, node.properties))
    for name in kind.indexed:
        db.execute(f'CREATE INDEX "index_{kind.label}_{name}" ON "{kind.label}" ("{name}")')
    if kind.searchable:
        # Chinese comes segmented into words, so the words stand between blanks.
        db.execute(
            f'CREATE VIRTUAL TABLE "{kind.label}_fts" USING fts5 '
            f'("search", content="{kind.label}", tokenize="unicode61")'
        )
        db.execute(f'INSERT INTO "{kind.label}_fts" ("{kind.label}_fts") VALUES (\'rebuild\')')


def _write_edges(db: sqlite3.Connection, kind: EdgeType, view: GraphView) -> None:
    apart = set(_EVIDENCE.values()) if kind.stated else set()
    columns = [p for p in edge_properties(kind) if p.name not in apart]
    db.execute(
        f'CREATE TABLE "{kind.type}" ("edge" INTEGER PRIMARY KEY, '
        f'"source" TEXT NOT NULL REFERENCES "{_table(kind.sources)}" ("id"), '
        f'"target" TEXT NOT NULL REFERENCES "{_table(kind.targets)}" ("id")'
        + "".join(f", {_column(p)}" for p in columns)
        + ")"
    )
    if kind.stated:
        db.execute(
            f'CREATE TABLE "{kind.type}_evidence" '
            f'("edge" INTEGER NOT NULL REFERENCES "{kind.type}" ("edge"), '
            '"number" INTEGER NOT NULL, "text" TEXT, "start" INTEGER, "end" INTEGER, '
            '"status" TEXT, "rule" TEXT, PRIMARY KEY ("edge", "number"))'
        )
    names = [p.name for p in columns]
    insert = f'INSERT INTO "{kind.type}" VALUES ({_marks(len(names) + 3)})'
    for number, edge in enumerate(view.iter_edges([kind.type]), start=1):
        ends = (number, edge.source, edge.target)
        db.execute(insert, (*ends, *_row(names, edge.properties)))
        if kind.stated:
            db.executemany(
                f'INSERT INTO "{kind.type}_evidence" VALUES ({_marks(7)})',
                ((number, *piece) for piece in _pieces(edge)),
            )
    for name in ("source", "target", *(n for n in ("report", "year") if n in names)):
        db.execute(f'CREATE INDEX "index_{kind.type}_{name}" ON "{kind.type}" ("{name}")')


def _pieces(edge: Relationship) -> Iterator[tuple[object, ...]]:
    lists = [edge.properties.get(name, ()) for name in _EVIDENCE.values()]
    rows = zip(*[v if isinstance(v, tuple) else () for v in lists], strict=True)
    for number, row in enumerate(rows):
        yield number, *row


def _evidence_view() -> str:
    """One view of all evidence, whatever the type of what it states."""
    parts = (
        f"SELECT '{kind.type}' AS type, r.source, r.target, r.report, r.year, "
        f'e.number, e.text, e.start, e."end", e.status, e.rule '
        f'FROM "{kind.type}" AS r JOIN "{kind.type}_evidence" AS e USING (edge)'
        for kind in EDGE_TYPES
        if kind.stated
    )
    return f'CREATE VIEW "evidence" AS {" UNION ALL ".join(parts)}'


def _table(labels: tuple[str, ...]) -> str:
    """Where an end of a type is found: the label's table or, for several, all nodes."""
    return labels[0] if len(labels) == 1 else "node"


def _column(prop: Property) -> str:
    reference = ' REFERENCES "Report" ("id")' if prop.name == "report" else ""
    return f'"{prop.name}" {_TYPES.get(prop.type, "TEXT")}{reference}'


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _row(names: Iterable[str], properties: Mapping[str, Value]) -> list[object]:
    return [_plain(properties.get(name)) for name in names]


def _plain(value: Value | None) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value
