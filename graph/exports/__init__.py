"""Ways out of the graph, one module each.

A format is a module of this package with these names::

    NAME = "graphml"                 what a user calls it
    ABOUT = "…"                      one line: for which tool
    CANNOT = "…"                     what it cannot hold; left out where it holds all
    HOLDS = "…"                      what it has in memory beyond a page of the view; likewise
    FILE_SUFFIX = ".graphml"         empty where it writes a folder
    def write(view: GraphView, out: Path) -> tuple[str, ...]

``write`` creates ``out``, which does not exist, and returns what the format could
not hold, one sentence each; the folder around ``out`` is its own to put other files
in on the way. It streams: no format holds the whole graph in memory. Adding a format
is adding its file; nothing lists them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ExportError
from graph.inventory import read_inventory
from graph.part import Part, PartView
from graph.store import Store
from graph.target import beside, check_target, replace_target
from graph.view import GraphView

Writer = Callable[[GraphView, Path], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Format:
    """A way out.

    Args:
        name: What a user calls it.
        about: One line about it.
        cannot: What it cannot hold; empty where it holds everything.
        holds: What it has in memory beyond a page of the view; empty for nothing.
        suffix: How a file of it ends; empty for a folder.
        write: Writes a graph to a path that does not exist yet.
    """

    name: str
    about: str
    cannot: str
    holds: str
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
                getattr(module, "HOLDS", ""),
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

    The same graph gives the same bytes. What was there before stays until the new
    file or folder is whole: it is written in a hidden folder beside the target and
    renamed at the end. That folder goes with the export; the one of an export that
    was killed goes with the next export to the same place.

    Args:
        store: Where the graph is.
        name: A format.
        path: File or, where the format has several files, folder to create.
        force: Replace a file that exists, or a folder that has nothing but files of
            an earlier export of the same format.
        part: What to write; all when None.
    Returns:
        What the format could not hold, one sentence each; empty when it holds all.
    Raises:
        ExportError: No such format, or the target exists or cannot be written, or the
            graph changed meanwhile.
        StoreError: The store is away or damaged.
    """
    formats = find_formats()
    if name not in formats:
        raise ExportError(f"there is no format {name!r}; there are {', '.join(formats)}")
    target = Path(path)
    check_target(target, force=force, folder=not formats[name].suffix)
    view = PartView(store, part) if part else GraphView(store)
    written = _written(store)
    try:
        with beside(target) as new:
            losses = formats[name].write(view, new)
            if _written(store) != written:
                raise ExportError(
                    f"reports were loaded or removed while {target} was written, so it would hold "
                    "parts of two graphs; export again"
                )
            replace_target(new, target)
    except OSError as exc:
        raise ExportError(f"{target} cannot be written: {exc.strerror or exc}") from exc
    return losses


def _written(store: Store) -> str:
    """Digest of what the graph says was written to it; empty where it does not say."""
    inventory = read_inventory(store.run)
    return inventory.digest if inventory else ""
