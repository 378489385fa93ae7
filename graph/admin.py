"""Run ``neo4j-admin`` on the files of a bulk import, where a Neo4j is installed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from graph.bulk import SCRIPT
from graph.errors import StoreError

HOME = "NEO4J_HOME"
"""Variable of the environment that names the folder of a Neo4j, as its own programs read it."""

_SAID = 300
"""Characters of what the program said that an error repeats, from its end."""


def import_command(folder: Path) -> str:
    """What a person runs, with the server stopped, to fill its empty database."""
    return f"sh {folder / SCRIPT} neo4j"


def run_import(folder: Path, home: Path) -> None:
    """Fill the empty database ``neo4j`` of a server that is stopped.

    Args:
        folder: What :mod:`graph.bulk` wrote.
        home: The folder of the Neo4j; its ``bin`` has ``neo4j-admin``.
    Raises:
        StoreError: There is no such program, or it refused: the server runs, or
            the database is not empty.
    """
    program = home / "bin" / "neo4j-admin"
    if not program.is_file():
        raise StoreError(f"{HOME} is {home}, where there is no bin/neo4j-admin")
    # The script names the program alone, as it stands in the server's own folder.
    path = f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        ["sh", str(folder / SCRIPT), "neo4j"],
        env={**os.environ, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = " ".join((done.stdout + done.stderr).split())[-_SAID:]
        raise StoreError(
            f"neo4j-admin refused ({said}); is the server stopped and its database empty? "
            f"The files are in {folder}: {import_command(folder)}"
        )
