"""A first bulk load: the CSV files that ``neo4j-admin database import full`` takes.

One file a label and one a relationship type, columns and types from the schema.
Ids begin with the prefix of their label, so one id space holds them all. The
importer fills an empty database only, and does so several times quicker than any
transaction; constraints and indexes come when the store is opened for writing.
"""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from graph.inventory import Tally, inventory_row
from graph.lines import ARRAY_DELIMITER, columns
from graph.report_lines import Lines, lay_out
from graph.schema import EDGE_BY_TYPE, ID, INVENTORY, PropertyType
from graph.tables import row_tables
from graph.view import GraphView

SCRIPT = "import.sh"
_TYPES: dict[PropertyType, str] = {
    "STRING": "string",
    "INTEGER": "long",
    "FLOAT": "double",
    "BOOLEAN": "boolean",
    "LIST<STRING>": "string[]",
    "LIST<INTEGER>": "long[]",
}
_WRITE_BYTES = 2**20
"""Written to a file at a time."""
_BUFFER_BYTES = 4 * 2**20
"""Longest field that the importer reads unless told otherwise."""

Place = tuple[int, int]
"""Where something begins in a file, and how many bytes it has."""


class ImportFolder:
    """The files, being written. A context manager; leaving it writes the script.

    Args:
        folder: Where to; it is created and must not exist.

    Attributes:
        folder: The same.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, BinaryIO] = {}
        self._sizes = Counter[str]()
        self._tally = Tally()
        self._longest = 0
        self._dropped = 0
        folder.mkdir()

    @property
    def counts(self) -> dict[str, int]:
        """How many nodes and relationships are in the files, by label or type."""
        return dict(self._tally.counts)

    @property
    def losses(self) -> tuple[str, ...]:
        """What the importer drops, a sentence each."""
        if not self._dropped:
            return ()
        return (f"{self._dropped} lists that hold one empty text only.",)

    def add(self, lines: Lines) -> Place:
        """Add nodes or relationships, each once."""
        file = self._file(lines.kind)
        place = (self._sizes[lines.kind], len(lines.text))
        self._sizes[lines.kind] += file.write(lines.text)
        self._tally.add_hashed(lines.kind, lines.size, lines.hashed)
        self._longest = max(self._longest, lines.longest)
        self._dropped += lines.dropped
        return place

    def read(self, kind: str, place: Place) -> bytes:
        """Read lines again, before the files are closed."""
        file = self._file(kind)
        file.seek(place[0])
        return file.read(place[1])

    def arguments(self) -> list[str]:
        """Arguments for ``neo4j-admin``, to be run in the folder; the database comes after them."""
        named = [
            f"--{'nodes' if name.startswith('nodes-') else 'relationships'}="
            f"{name.partition('-')[2]}={name}.csv"
            for name in sorted(map(_name, self._files))
        ]
        return [
            "database", "import", "full",
            *named,
            "--id-type=string",
            "--multiline-fields=true",
            "--input-encoding=UTF-8",
            f"--array-delimiter=\\{ord(ARRAY_DELIMITER)}",
            f"--read-buffer-size={max(_BUFFER_BYTES, 4 * self._longest)}",
        ]  # fmt: skip

    def close(self) -> None:
        """Finish the files, the inventory last, and write the script."""
        if self._tally.total:
            inventory = lay_out(INVENTORY.label, row_tables([inventory_row(self._tally)]))
            self._file(INVENTORY.label).write(inventory.text)
        self.release()
        command = shlex.join(["neo4j-admin", *self.arguments()])
        (self.folder / SCRIPT).write_text(
            "#!/bin/sh\n"
            "# Fills an empty Neo4j database; stop the server first. Further arguments go to\n"
            "# neo4j-admin: sh import.sh --overwrite-destination neo4j\n"
            f'cd "$(dirname "$0")" || exit 1\nexec {command} "${{@:-neo4j}}"\n',
            encoding="utf-8",
        )

    def release(self) -> None:
        """Close the files as they are."""
        for file in self._files.values():
            file.close()

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
            self.release()

    def _file(self, kind: str) -> BinaryIO:
        """The file of a label or relationship type; its first line names the columns."""
        file = self._files.get(kind)
        if file is None:
            file = (self.folder / f"{_name(kind)}.csv").open("x+b", buffering=_WRITE_BYTES)
            self._files[kind] = file
            heads = [":START_ID", ":END_ID"] if kind in EDGE_BY_TYPE else []
            heads += [f"{p.name}:{'ID' if p == ID else _TYPES[p.type]}" for p in columns(kind)]
            self._sizes[kind] = file.write(f"{','.join(heads)}\n".encode())
        return file


def _name(kind: str) -> str:
    return f"{'edges' if kind in EDGE_BY_TYPE else 'nodes'}-{kind}"


def write_view(view: GraphView, folder: Path) -> tuple[str, ...]:
    """Write a whole graph for the importer.

    Returns:
        What the importer drops, a sentence each.
    """
    with ImportFolder(folder) as files:
        for kind, rows in view.iter_rows():
            files.add(lay_out(kind, row_tables(rows)))
    return files.losses
