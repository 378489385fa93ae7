"""Ways out of the graph, one module each.

A format is a module of this package with these names::

    NAME = "graphml"                 what a user calls it
    ABOUT = "…"                      one line: for which tool
    CANNOT = "…"                     what it cannot hold; left out where it holds all
    FILE_SUFFIX = ".graphml"         empty where it writes a folder
    def write(view: GraphView, out: Path) -> tuple[str, ...]

``write`` creates ``out``, which does not exist, and returns what the format could
not hold, one sentence each. It streams: no format holds the whole graph in memory
unless its ABOUT says so. Adding a format is adding its file; nothing lists them.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ExportError
from graph.part import Part, PartView
from graph.store import Store
from graph.view import GraphView

Writer = Callable[[GraphView, Path], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Format:
    """A way out.

    Args:
        name: What a user calls it.
        about: One line about it.
        cannot: What it cannot hold; empty where it holds everything.
        suffix: How a file of it ends; empty for a folder.
        write: Writes a graph to a path that does not exist yet.
    """

    name: str
    about: str
    cannot: str
    suffix: str
    write: Writer


def find_formats() -> dict[str, Format]:
    """All formats by name, sorted."""
    formats = {}
    for module_info in pkgutil.iter_modules(__path__):
        if not module_info.name.startswith("_"):
            module = importlib.import_module(f"{__name__}.{module_info.name}")
            formats[module.NAME] = Format(
                module.NAME,
                module.ABOUT,
                getattr(module, "CANNOT", ""),
                module.FILE_SUFFIX,
                module.write,
            )
    return dict(sorted(formats.items()))


def export_graph(
    store: Store,
    name: str,
    path: str | Path,
    *,
    force: bool = False,
    part: Part | None = None,
) -> tuple[str, ...]:
    """Write a graph out, whole or in part.

    The same graph gives the same bytes. An export that fails or is killed leaves
    what was there before: it is written beside the target and renamed at the end.

    Args:
        store: Where the graph is.
        name: A format.
        path: File or, where the format has several files, folder to create.
        force: Replace a file that exists; a folder is never replaced.
        part: What to write; all when None.
    Returns:
        What the format could not hold, one sentence each; empty when it holds all.
    Raises:
        ExportError: No such format, or the target exists or cannot be written.
        StoreError: The store is away or damaged.
    """
    formats = find_formats()
    if name not in formats:
        raise ExportError(f"there is no format {name!r}; there are {', '.join(formats)}")
    target = Path(path)
    _check_target(target, force=force, folder=not formats[name].suffix)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    view = PartView(store, part) if part else GraphView(store)
    try:
        losses = formats[name].write(view, beside)
        beside.replace(target)
    except OSError as exc:
        raise ExportError(f"{target} cannot be written: {exc.strerror or exc}") from exc
    finally:
        _discard(beside)
    return losses


def _check_target(target: Path, *, force: bool, folder: bool) -> None:
    if not target.name or not target.parent.is_dir():
        raise ExportError(f"there is no folder {target.parent} to write {target.name!r} into")
    if target.is_symlink():
        raise ExportError(f"{target} is a link; name the file itself")
    if target.is_dir():
        raise ExportError(f"{target} is a folder that exists; name one that does not")
    if target.exists() and not target.is_file():
        raise ExportError(f"{target} is a device or pipe, not a file")
    if target.exists() and (folder or not force):
        hint = "name a folder that does not exist" if folder else "--force replaces it"
        raise ExportError(f"{target} exists; {hint}")


def _discard(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part)
    else:
        part.unlink(missing_ok=True)
