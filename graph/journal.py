"""What was written since the last checkpoint: one line a report, beside the graph file.

The engine drops a damaged log without a word, and with it reports that it had
acknowledged. So each write is noted here twice, before the commit as intended
and after it as done; what is done must be found in the graph when it is opened.
The file goes when a checkpoint holds everything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path


class Journal:
    """Notes of writes, appended and never changed.

    Args:
        path: The file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def exists(self) -> bool:
        """Whether writes were noted since the last checkpoint."""
        return self._path.exists()

    def start(self) -> None:
        """Create the file, so that a log beside it is known to be ours."""
        self._path.touch()

    def note(self, digests: Mapping[str, str | None], *, done: bool) -> None:
        """Append what is about to be or has been written.

        Args:
            digests: Digest of each report by id, None for one taken back.
            done: Whether the engine has committed it.
        """
        lines = "".join(
            json.dumps([report, digest, done], ensure_ascii=False) + "\n"
            for report, digest in digests.items()
        )
        with self._path.open("a", encoding="utf-8") as file:
            # The line before may have been cut off; an empty line does no harm.
            file.write("\n" + lines)

    def lost(self, reports: Mapping[str, str]) -> list[str]:
        """Reports whose last acknowledged state is not what the graph has.

        Args:
            reports: Digest of each report that the graph has.
        Returns:
            Their ids, sorted.
        """
        # None: first written since the checkpoint and cut off, so there or not.
        expected: dict[str, set[str | None] | None] = {}
        for report, digest, done in self._entries():
            before = expected.get(report)
            if done:
                expected[report] = {digest}
            else:
                expected[report] = before | {digest} if before else None
        return sorted(
            report
            for report, allowed in expected.items()
            if allowed is not None and reports.get(report) not in allowed
        )

    def clear(self) -> None:
        """Forget everything: a checkpoint holds it."""
        self._path.unlink(missing_ok=True)

    def _entries(self) -> Sequence[tuple[str, str | None, bool]]:
        if not self._path.exists():
            return []
        entries = []
        for line in self._path.read_text(encoding="utf-8", errors="replace").split("\n"):
            try:
                report, digest, done = json.loads(line)
            except ValueError:  # empty, or the process died in the middle of it
                continue
            entries.append((report, digest, done))
        return entries
