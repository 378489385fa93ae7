"""A folder for ``neo4j-admin database import full``, with the script that runs it."""

from __future__ import annotations

from pathlib import Path

from graph.bulk import write_view
from graph.view import GraphView

NAME = "neo4j-import"
ABOUT = "CSV files and import.sh for neo4j-admin database import, into an empty Neo4j"
CANNOT = "Constraints and indexes: opening the store for writing creates them."
FILE_SUFFIX = ""


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write the folder; see :mod:`graph.exports` and :mod:`graph.bulk`."""
    return write_view(view, out)
