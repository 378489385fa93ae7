"""A first bulk load, report by report, of which a later text may replace an earlier one.

Lines go into the files of the importer as they come. These cannot take back a line: where
a report has come again, they are made once more in the end, out of the first ones, from
the last lines of each report. So memory holds where lines are, not what they say.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.bulk import ImportFolder, Place
from graph.report_lines import Layout, Lines, ReportLines
from graph.schema import EDGE_TYPES, NODE_TYPES


class BulkLoad:
    """Takes the lines of reports, and makes the folder. A context manager.

    Args:
        folder: Where to; it must not exist, the folder above it must. It is there
            after :meth:`finish`, unless nothing was written; before, its files grow
            in a hidden folder beside it.

    Attributes:
        files: The folder, once it is made.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._beside = tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent)
        self._notes = tempfile.TemporaryFile(dir=self._beside.name)  # noqa: SIM115
        self._reports: dict[str, Place] = {}
        self._numbers: dict[str, int] = {}
        self._shared: list[Place] = []
        self._replaces = False
        self._growing = ImportFolder(Path(self._beside.name) / "files")
        self.files: ImportFolder | None = None

    def layout(self) -> Layout:
        """What makes lines of a report, in whichever process has read it."""
        return Layout()

    def reports(self) -> Mapping[str, str]:
        """Digest of each report that was there before: none."""
        return {}

    def write(self, reports: Sequence[ReportLines]) -> None:
        """Take reports; of one that comes again the last counts."""
        for report in reports:
            self._replaces |= self._reports.pop(report.id, None) is not None
            own = [(self._growing.add(lines), lines[:-1]) for lines in report.own]
            shared = [self._share(key, packed) for key, packed in report.shared.items()]
            self._reports[report.id] = self._note(pickle.dumps((own, shared)))

    def _share(self, key: str, packed: bytes) -> int:
        """The number of what others may have, too; the first time it goes into its file."""
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._shared)
            self._shared.append(self._note(packed))
            self._growing.add(pickle.loads(packed))
        return number

    def finish(self) -> tuple[dict[str, int], dict[str, int]]:
        """Make the folder, unless there is nothing to put into it.

        Returns:
            How many nodes it holds by label, and relationships by type.
        """
        counts: dict[str, int] = {}
        if self._reports:
            if self._replaces:
                self._growing = self._without_replaced(self._growing)
            self._growing.close()
            self._growing.folder.rename(self._folder)
            self.files = self._growing
            counts = self.files.counts
        return (
            {n.label: counts.get(n.label, 0) for n in NODE_TYPES},
            {e.type: counts.get(e.type, 0) for e in EDGE_TYPES},
        )

    def _without_replaced(self, first: ImportFolder) -> ImportFolder:
        """The files once more, as if only the last text of each report had come."""
        files = ImportFolder(Path(self._beside.name) / "again")
        there: set[int] = set()
        for note in self._reports.values():
            own, shared = pickle.loads(self._noted(note))
            for place, facts in own:
                files.add(Lines._make((*facts, first.read(facts[0], place))))
            for number in shared:
                if number not in there:
                    there.add(number)
                    files.add(pickle.loads(self._noted(self._shared[number])))
        first.release()
        return files

    def _note(self, noted: bytes) -> Place:
        """Keep something out of memory."""
        place = self._notes.tell()
        self._notes.write(noted)
        return place, len(noted)

    def _noted(self, place: Place) -> bytes:
        self._notes.seek(place[0])
        return self._notes.read(place[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._notes.close()
        self._growing.release()
        self._beside.cleanup()
