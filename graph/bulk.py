"""A first bulk load: the CSV files that ``neo4j-admin database import full`` takes.

One file a label and one a relationship type, columns and types from the schema.
Ids begin with the prefix of their label, so one id space holds them all. The
importer fills an empty database only, and does so several times quicker than any
transaction; constraints and indexes come when the store is opened for writing.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from graph.checks import check_report
from graph.ddl import REPORT_EDGES
from graph.inventory import Tally, inventory_row
from graph.model import Node, ReportGraph
from graph.rows import edge_row, node_properties
from graph.schema import (
    EDGE_BY_TYPE,
    ID,
    INVENTORY,
    NAME,
    NODE_BY_LABEL,
    OWNED,
    Property,
    PropertyType,
    edge_properties,
    label_of,
)
from graph.view import GraphView

SCRIPT = "import.sh"
ARRAY_DELIMITER = "\0"
"""Between the items of a list: the one character that no text of ours may hold."""

_TYPES: dict[PropertyType, str] = {
    "STRING": "string",
    "INTEGER": "long",
    "FLOAT": "double",
    "BOOLEAN": "boolean",
    "LIST<STRING>": "string[]",
    "LIST<INTEGER>": "long[]",
}
_DROPPED = ("",)
_BUFFER_BYTES = 4 * 2**20
"""Longest field that the importer reads unless told otherwise."""


class ImportFolder:
    """The files, being written. A context manager; leaving it writes the script.

    Args:
        folder: Where to; it is created and must not exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, TextIO] = {}
        self._tables: dict[str, _Table] = {}
        self._shared: set[str] = set()
        self._placed: set[tuple[str, str]] = set()
        self._tally = Tally()
        folder.mkdir()

    @property
    def dropped(self) -> int:
        """How many lists have nothing but one empty text, which the importer drops."""
        return sum(table.dropped for table in self._tables.values())

    def add_report(self, graph: ReportGraph) -> None:
        """Add a checked report; nodes and places that others had named stand there once."""
        for node in (graph.report, *graph.nodes):
            if node.label not in OWNED:
                if node.id in self._shared:
                    continue
                self._shared.add(node.id)
            self.add_node(node.label, node_properties(node))
        for edge in graph.edges:
            if edge.type not in REPORT_EDGES and label_of(edge.source) not in OWNED:
                if (edge.source, edge.target) in self._placed:
                    continue
                self._placed.add((edge.source, edge.target))
            self.add_edge(edge.type, edge.source, edge.target, edge_row(graph.report, edge))

    def add_node(self, label: str, properties: Mapping[str, object]) -> None:
        """Add a node; each id once."""
        table = self._tables.get(f"nodes-{label}")
        if table is None:
            columns = (ID, NAME, *NODE_BY_LABEL[label].properties)
            heads = [f"{ID.name}:ID", *map(_head, columns[1:])]
            table = self._create(f"nodes-{label}", heads, columns)
        table.add((), properties)
        self._tally.add_node(label, _imported(properties))

    def add_edge(
        self, type_: str, source: str, target: str, properties: Mapping[str, object]
    ) -> None:
        """Add a relationship."""
        table = self._tables.get(f"edges-{type_}")
        if table is None:
            columns = edge_properties(EDGE_BY_TYPE[type_])
            heads = [":START_ID", ":END_ID", *map(_head, columns)]
            table = self._create(f"edges-{type_}", heads, columns)
        table.add((source, target), properties)
        self._tally.add_edge(type_, source, target, _imported(properties))

    def arguments(self) -> list[str]:
        """Arguments for ``neo4j-admin``, to be run in the folder; the database comes after them."""
        longest = max((table.longest for table in self._tables.values()), default=0)
        named = [
            f"--{'nodes' if name.startswith('nodes-') else 'relationships'}="
            f"{name.partition('-')[2]}={name}.csv"
            for name in sorted(self._tables)
        ]
        return [
            "database", "import", "full",
            *named,
            "--id-type=string",
            "--multiline-fields=true",
            "--input-encoding=UTF-8",
            f"--array-delimiter=\\{ord(ARRAY_DELIMITER)}",
            f"--read-buffer-size={max(_BUFFER_BYTES, 4 * longest)}",
        ]  # fmt: skip

    def close(self) -> None:
        """Finish the files, the inventory last, and write the script."""
        if self._tally.total:
            columns = (ID, NAME, *INVENTORY.properties)
            heads = [f"{ID.name}:ID", *map(_head, columns[1:])]
            self._create(f"nodes-{INVENTORY.label}", heads, columns).add(
                (), inventory_row(self._tally)
            )
        for file in self._files.values():
            file.close()
        command = shlex.join(["neo4j-admin", *self.arguments()])
        (self._folder / SCRIPT).write_text(
            "#!/bin/sh\n"
            "# Fills an empty Neo4j database; stop the server first. Further arguments go to\n"
            "# neo4j-admin: sh import.sh --overwrite-destination neo4j\n"
            f'cd "$(dirname "$0")" || exit 1\nexec {command} "${{@:-neo4j}}"\n',
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if exc is None:
            self.close()
        else:
            for file in self._files.values():
                file.close()

    def _create(self, name: str, heads: Sequence[str], columns: Sequence[Property]) -> _Table:
        file = (self._folder / f"{name}.csv").open("x", encoding="utf-8", newline="")
        self._files[name] = file
        self._tables[name] = _Table(file, heads, columns)
        return self._tables[name]


class _Table:
    """One CSV file: text quoted, what is not known left out."""

    def __init__(self, file: TextIO, heads: Sequence[str], columns: Sequence[Property]) -> None:
        self._file = file
        self._names = [p.name for p in columns]
        file.write(",".join(heads) + "\n")
        self.longest = 0
        self.dropped = 0

    def add(self, ends: tuple[str, ...], properties: Mapping[str, object]) -> None:
        cells = [_cell(end) for end in ends]
        cells += [_cell(properties.get(name)) for name in self._names]
        line = ",".join(cells)
        self.longest = max(self.longest, len(line))
        self.dropped += sum(value == _DROPPED for value in properties.values())
        self._file.write(line + "\n")


def _imported(properties: Mapping[str, object]) -> Mapping[str, object]:
    """Without what the importer drops."""
    if _DROPPED not in properties.values():
        return properties
    return {name: value for name, value in properties.items() if value != _DROPPED}


def _head(prop: Property) -> str:
    return f"{prop.name}:{_TYPES[prop.type]}"


def _cell(value: object) -> str:
    """A value as the importer reads it: quoted and empty is an empty text, bare and empty none."""
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return _cell(ARRAY_DELIMITER.join(map(str, value)))
    return repr(value)


def write_view(view: GraphView, folder: Path) -> int:
    """Write a whole graph for the importer.

    Returns:
        How many lists have nothing but one empty text, which the importer drops.
    """
    with ImportFolder(folder) as files:
        for node in view.iter_nodes():
            files.add_node(node.label, node.properties)
        for edge in view.iter_edges():
            files.add_edge(edge.type, edge.source, edge.target, edge.properties)
    return files.dropped


def write_reports(reports: Iterable[ReportGraph], folder: Path) -> ImportFolder:
    """Write reports for the importer, each id once.

    Returns:
        The finished folder, which knows the arguments.
    Raises:
        WriteRefused: A report contradicts the schema.
        EvidenceMismatch: A piece of evidence is not in the text.
    """
    checked: dict[str, Node] = {}
    with ImportFolder(folder) as files:
        for report in reports:
            check_report(report, checked)
            files.add_report(report)
    return files
