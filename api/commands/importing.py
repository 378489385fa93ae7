"""The first load of a large server: reports into the files of ``neo4j-admin``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from api.console import say
from graph.errors import ExportError

if TYPE_CHECKING:
    from graph.bulk_load import BulkLoad

_AFTERWARDS = (
    "再启动服务器，载入同一文件夹一次即建好约束和索引 (then start the server and load the same "
    "reports once: that finds all of them unchanged, and creates constraints and indexes)"
)


@contextmanager
def import_folder(folder: Path) -> Iterator[BulkLoad]:
    """What takes reports; in the end there is a folder for ``neo4j-admin``.

    Where the environment names a Neo4j by ``NEO4J_HOME``, its database is filled;
    otherwise the command that does so is said.

    Args:
        folder: Must not exist.
    Raises:
        ExportError: The folder cannot be written.
        StoreError: ``neo4j-admin`` refused.
    """
    if folder.exists() or not folder.parent.is_dir():
        raise ExportError(f"{folder} must not exist, and the folder above it must")
    from graph.admin import HOME, import_command, run_import
    from graph.bulk_load import BulkLoad

    with BulkLoad(folder) as bulk:
        yield bulk
    if bulk.files is None:
        return
    for loss in bulk.files.losses:
        say(f"注意 note: {loss}")
    home = os.environ.get(HOME)
    if home:
        run_import(folder, Path(home))
        say(f"已导入 imported into {home}; {_AFTERWARDS}")
    else:
        say(f"停止服务器后运行 with the server stopped, run: {import_command(folder)}")
        say(_AFTERWARDS)
