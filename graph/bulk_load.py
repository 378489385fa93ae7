"""A first bulk load, report by report, of which a later text may replace an earlier one.

The files of the importer cannot take back a line. So lines wait, as they come, in a
file without a name, and the last of each report are put together in the end: memory
holds where they are, not what they say.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.bulk import ImportFolder
from graph.model import ReportGraph
from graph.report_lines import Layout
from graph.schema import EDGE_TYPES, NODE_TYPES


@dataclass(slots=True)
class PackedLayout:
    """Lays reports out, and packs their lines for the way between processes and the wait.

    Can be pickled while it is new.
    """

    _layout: Layout = field(default_factory=Layout)

    def __call__(self, graph: ReportGraph) -> tuple[str, bytes]:
        """Id of a report and its lines; see :class:`graph.report_lines.Layout`."""
        return graph.report.id, pickle.dumps(self._layout(graph), pickle.HIGHEST_PROTOCOL)


class BulkLoad:
    """Takes the lines of reports, then makes the folder. A context manager.

    Args:
        folder: Where to; it must not exist, the folder above it must. It is there
            after :meth:`finish`, unless nothing was written.

    Attributes:
        files: The folder, once it is made.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting = tempfile.TemporaryFile(dir=folder.parent)  # noqa: SIM115
        self._places: dict[str, tuple[int, int]] = {}
        self.files: ImportFolder | None = None

    def layout(self) -> PackedLayout:
        """What makes lines of a report, in whichever process has read it."""
        return PackedLayout()

    def reports(self) -> Mapping[str, str]:
        """Digest of each report that was there before: none."""
        return {}

    def write(self, reports: Sequence[tuple[str, bytes]]) -> None:
        """Take reports; of one that comes again the last counts."""
        for report, packed in reports:
            self._places.pop(report, None)
            self._places[report] = (self._waiting.tell(), len(packed))
            self._waiting.write(packed)

    def finish(self) -> tuple[dict[str, int], dict[str, int]]:
        """Make the folder, unless there is nothing to put into it.

        Returns:
            How many nodes it holds by label, and relationships by type.
        """
        counts: dict[str, int] = {}
        if self._places:
            with ImportFolder(self._folder) as self.files:
                for place, size in self._places.values():
                    self._waiting.seek(place)
                    self.files.add_report(pickle.loads(self._waiting.read(size)))
            counts = self.files.counts
        return (
            {n.label: counts.get(n.label, 0) for n in NODE_TYPES},
            {e.type: counts.get(e.type, 0) for e in EDGE_TYPES},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._waiting.close()
