"""Report files into a store.

Comes in: files and folders. Each is read, extracted and turned into a graph, in
other processes where there are many; this process writes, in batches, in the
order of the files' names. A file that cannot become a report is listed and the
rest goes on. A report that the store has to the letter, read by the same rules,
costs only its reading.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Generic, Protocol

from graph.errors import WriteRefused
from graph.model import ReportGraph
from graph.store import Store
from loaders.parallel import Crashed, map_ordered, worker_count
from loaders.readers import Source
from loaders.reading import (
    Failure,
    Laid,
    Outcome,
    P,
    Progress,
    Reader,
    as_it_is,
    crashed,
    list_sources,
    read_sample,
    size_of,
)

ROWS_IN_BATCH = 20_000
"""Nodes and edges gathered before a write; a batch is what a sudden death can cost."""


@dataclass(slots=True)
class LoadSummary:
    """What a load did.

    Args:
        files: Files that were tried.
        skipped: Files of a kind that holds no report: pictures, spreadsheets …
        added: Ids of reports that the store did not have.
        replaced: Ids of reports whose text, or the rules that read it, had changed.
        unchanged: Number of files whose report the store had already.
        superseded: Number of files that hold an older text of a report that
            another file of this load holds.
        failures: Files that did not become a report, in the order of their names.
        warnings: What could not be told from a file, ``file: sentence``.
        nodes: What the store now holds, by label.
        edges: Likewise, by type.
        missed: What was seen in the reports written and not used, by
            :data:`loaders.coverage.Gap`; ``extract --coverage`` lists it.
        seconds: Time it took.
    """

    files: int = 0
    skipped: int = 0
    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: int = 0
    superseded: int = 0
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    nodes: Mapping[str, int] = field(default_factory=dict)
    edges: Mapping[str, int] = field(default_factory=dict)
    missed: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0


class Target(Protocol[P]):
    """Where reports go."""

    def layout(self) -> Callable[[ReportGraph], P]:
        """What is done with each report where it was read; can be pickled.

        It may refuse one by :class:`~graph.errors.WriteRefused`.
        """

    def reports(self) -> Mapping[str, str]:
        """Digest of each report that is there, by report id."""

    def write(self, reports: Sequence[P]) -> object:
        """Write reports, in place of earlier texts of the same ones.

        Raises:
            WriteRefused: One of them contradicts the schema; none is written.
        """

    def finish(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Nodes by label and relationships by type that are there when all is written."""


@dataclass(frozen=True, slots=True)
class InStore:
    """A store as a target.

    Args:
        store: Open for writing.
    """

    store: Store

    def layout(self) -> Callable[[ReportGraph], ReportGraph]:
        """Reports go in as they are."""
        return as_it_is

    def reports(self) -> Mapping[str, str]:
        """See :class:`Target`."""
        return self.store.reports()

    def write(self, reports: Sequence[ReportGraph]) -> object:
        """See :class:`Target`."""
        return self.store.write(reports)

    def finish(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """See :class:`Target`."""
        info = self.store.info()
        return info.nodes, info.edges


def load(
    store: Store,
    paths: Sequence[Path],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> LoadSummary:
    """Load report files and folders of them into a store; see :func:`load_into`."""
    return load_into(InStore(store), paths, workers=workers, progress=progress)


def load_into(
    target: Target[P],
    paths: Sequence[Path],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> LoadSummary:
    """Load report files and folders of them.

    Args:
        target: Where to.
        paths: Files and folders; their order makes no difference.
        workers: Processes that read and extract; by default what is worth while.
        progress: Told after each file.
    Raises:
        StoreError: The store failed. Reports written before are there, whole.
    """
    started = time.monotonic()
    summary = LoadSummary()
    sources, summary.skipped = list_sources(paths, summary.failures)
    summary.files = len(sources) + len(summary.failures)
    _Loading(target, sources, summary, workers, progress).run()
    summary.failures.sort(key=lambda f: (f.source, f.reason))
    summary.nodes, summary.edges = target.finish()
    summary.seconds = round(time.monotonic() - started, 3)
    return summary


class _Loading(Generic[P]):
    """One load on its way: which file speaks for which report, and what waits to be written."""

    def __init__(
        self,
        target: Target[P],
        sources: Sequence[Source],
        summary: LoadSummary,
        workers: int | None,
        progress: Progress | None,
    ) -> None:
        self.target = target
        self.layout = target.layout()
        self.sources = sources
        self.summary = summary
        self.workers = workers
        self.progress = progress
        self.held = dict(target.reports())
        self.claims: dict[str, Outcome] = {}
        self.batch: dict[str, Laid[P]] = {}
        self.missed: dict[str, Mapping[str, int]] = {}
        self.rows = 0

    def run(self) -> None:
        """Write what is new; then read again, and write, what takes an older text's place."""
        for reading in self.readings(self.sources, self.held, self.progress):
            if self.claim(reading):
                self.put(reading)
        self.flush()
        replacing = [c.source for c in self.claims.values() if self.replaces(c)]
        again = sorted(replacing, key=lambda source: source.label)
        for reading in self.readings(again, {}, None):
            self.put(reading)
        self.flush()
        self.count()

    def readings(
        self, sources: Sequence[Source], held: Mapping[str, str], progress: Progress | None
    ) -> Iterator[Outcome]:
        count = worker_count(len(sources), self.workers)
        reader = Reader(held, self.layout)
        outcomes = map_ordered(reader, sources, count, prepare=read_sample, size=size_of)
        for done, (source, outcome) in enumerate(outcomes, start=1):
            if progress:
                progress(done, len(sources))
            if isinstance(outcome, Outcome):
                yield outcome
            else:
                failure = crashed(source) if isinstance(outcome, Crashed) else outcome
                self.summary.failures.append(failure)

    def claim(self, reading: Outcome) -> bool:
        """Settle which file speaks for a report.

        Of two texts the one published last, or else the last by name; of two
        files with the same text the first by name.
        """
        said = replace(reading, laid=None)  # what it states is not kept for the whole load
        claim = self.claims.setdefault(said.report, said)
        if claim is said:
            return True
        if claim.digest == said.digest:
            return False
        first, last = sorted((claim, said), key=lambda r: (r.published, r.source.label))
        self.claims[said.report] = last
        self.summary.superseded += 1
        # Said before all else: it is the only way in which a file's words are not in the graph.
        self.summary.warnings.insert(
            0,
            f"{first.source.label}: an earlier text of the report in {last.source.label}, "
            "which is kept",
        )
        return last is said

    def replaces(self, claim: Outcome) -> bool:
        return self.held.get(claim.report, claim.digest) != claim.digest

    def put(self, reading: Outcome) -> None:
        if reading.laid is None:
            return
        self.missed[reading.report] = reading.missed
        self.batch[reading.report] = reading.laid
        self.rows += reading.laid.rows
        if self.rows >= ROWS_IN_BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what waits; where the store refuses one report, write the others."""
        batch, self.batch, self.rows = list(self.batch.values()), {}, 0
        if not batch:
            return
        try:
            self.target.write([laid.report for laid in batch])
        except WriteRefused:
            for laid in batch:
                self.write_alone(laid)
        for laid in batch:
            self.summary.warnings += [f"{laid.source}: {warning}" for warning in laid.warnings]

    def write_alone(self, laid: Laid[P]) -> None:
        try:
            self.target.write([laid.report])
        except WriteRefused as exc:
            self.summary.failures.append(Failure(laid.source, str(exc)))

    def count(self) -> None:
        from loaders.coverage import GAPS

        summary = self.summary
        failed = {failure.source for failure in summary.failures}
        written = {i: c for i, c in self.claims.items() if c.source.label not in failed}
        summary.added = sorted(i for i in written if i not in self.held)
        summary.replaced = sorted(i for i, claim in written.items() if self.replaces(claim))
        counts = [self.missed.get(report, {}) for report in written]
        summary.missed = {gap: sum(c.get(gap, 0) for c in counts) for gap in GAPS}
        summary.unchanged = (
            summary.files
            - len(summary.failures)
            - len(summary.added)
            - len(summary.replaced)
            - summary.superseded
        )
