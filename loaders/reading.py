"""One file read, extracted and laid out: what a process of its own does with it.

Comes in: a source. Goes out: what its report says, or in one sentence why it did
not become a report. Whatever one file does to a library, the others go on; only
a vocabulary that cannot be read stops them all.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from graph.errors import CatalogueError, ReadError, WriteRefused
from graph.model import ReportGraph
from loaders.parallel import Crashed, map_ordered, worker_count
from loaders.readers import Source, iter_sources, read_source

if TYPE_CHECKING:
    from loaders.annotation import Annotation
    from loaders.coverage import Missed
    from loaders.heading import Heading

T = TypeVar("T")
P = TypeVar("P")
"""A report as the target takes it: what travels between processes."""

SAMPLES = Path(__file__).parent / "samples"
"""Reports that come with govmech, to try it on."""

_SAMPLE = Source(SAMPLES / "beijing_petition_office_2020.txt")

Progress = Callable[[int, int], None]
"""Told after each file how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that did not become a report.

    Args:
        source: The file, as the user named it.
        reason: What is wrong with it, in one sentence.
    """

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Laid(Generic[P]):
    """A report on its way into the target.

    Args:
        report: As the target takes it.
        rows: Its nodes and edges.
        source: The file, as the user named it.
        warnings: What could not be told from it.
    """

    report: P
    rows: int
    source: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a worker hands back.

    Args:
        source: The file.
        report: Id of its report.
        digest: Of its text and the rules that read it.
        published: Date of publication, ISO 8601; empty when unknown.
        laid: All that it states; None when it is not to be written now,
            because the store has this text, or another one of the same report.
        missed: What was seen and not used, counted by kind.
    """

    source: Source
    report: str
    digest: str
    published: str
    laid: Laid[Any] | None
    missed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a report says, small enough to travel between processes.

    Args:
        source: The file, as the user named it.
        report: Its name.
        text: What it says, in the annotation shape: JSON, one line an item, as it is
            written to a file. Made where the report was read, so that of many workers
            each does its share.
        missed: What was seen and not used, in text order; empty where not asked for.
    """

    source: str
    report: str
    text: str
    missed: tuple[Missed, ...]

    @property
    def annotation(self) -> Annotation:
        """What the report says."""
        annotation: Annotation = json.loads(self.text)
        return annotation


def list_sources(paths: Iterable[Path], failures: list[Failure]) -> tuple[list[Source], int]:
    """Find the files to read, once each, in the order of their names.

    Args:
        paths: Files and folders.
        failures: Receives the paths that do not exist.
    Returns:
        The files, and how many others are of a kind that holds no report.
    """
    there: list[Path] = []
    for path in sorted(set(paths)):
        try:
            iter_sources([path])
            there.append(path)
        except ReadError as exc:
            failures.append(Failure(exc.path, exc.reason))
    found = list(iter_sources(there))
    sources = sorted((s for s in found if not s.skipped), key=lambda s: (s.label, s.path))
    return sources, len(found) - len(sources)


def extract_sources(
    sources: Sequence[Source],
    *,
    coverage: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Reading | Failure]:
    """Read and extract files, in their order, in other processes where there are many.

    Args:
        sources: The files.
        coverage: Whether what was seen and not used is looked for.
        workers: Processes; by default what is worth while.
        progress: Told after each file.
    """
    count = worker_count(len(sources), workers)
    extract = partial(_extract, coverage)
    # One report of ours read here: all reference data is there for workers to inherit.
    sample = partial(extract, _SAMPLE)
    outcomes = map_ordered(extract, sources, count, prepare=sample, size=size_of)
    for done, (source, outcome) in enumerate(outcomes, start=1):
        if progress:
            progress(done, len(sources))
        yield crashed(source) if isinstance(outcome, Crashed) else outcome


class Reader:
    """What a worker does: a file in, its report's graph out.

    Args:
        held: Digest of each report that the store has, by id.
        layout: What the target wants done with it here.
    """

    def __init__(self, held: Mapping[str, str], layout: Callable[[ReportGraph], object]) -> None:
        self.layout = layout
        self.held = dict(held)
        self.digests = {digest: report for report, digest in sorted(self.held.items())}

    def __call__(self, source: Source) -> Outcome | Failure:
        """What became of a file."""
        return _guarded(self._read, source)

    def _read(self, source: Source) -> Outcome:
        from loaders.coverage import find_missed
        from loaders.extract import extract_document
        from loaders.heading import find_heading
        from loaders.statements import report_graph, report_id
        from loaders.version import report_digest

        doc = read_source(source)
        digest = report_digest(doc)
        if digest in self.digests:
            published = _published(find_heading(doc))
            return Outcome(source, self.digests[digest], digest, published, None)
        extraction = extract_document(doc)
        report, _ = report_id(doc, extraction.heading)
        published = _published(extraction.heading)
        if report in self.held:
            return Outcome(source, report, digest, published, None)
        missed = Counter[str](m.gap for m in find_missed(extraction))
        laid = self._lay_out(report_graph(extraction))
        return Outcome(source, report, digest, published, laid, missed)

    def _lay_out(self, graph: ReportGraph) -> Laid[Any]:
        warnings = graph.report.properties.get("warnings", ())
        return Laid(
            self.layout(graph),
            len(graph.nodes) + len(graph.edges),
            str(graph.report.properties["source"]),
            tuple(map(str, warnings)) if isinstance(warnings, tuple) else (),
        )


def _extract(coverage: bool, source: Source) -> Reading | Failure:
    return _guarded(partial(_extract_unguarded, coverage), source)


def _extract_unguarded(coverage: bool, source: Source) -> Reading:
    from loaders.annotation import to_annotation
    from loaders.extract import extract_document

    extraction = extract_document(read_source(source))
    missed: tuple[Missed, ...] = ()
    if coverage:
        from loaders.coverage import find_missed

        missed = tuple(find_missed(extraction))
    annotation = to_annotation(extraction)
    text = json.dumps(annotation, ensure_ascii=False, indent=1)
    return Reading(extraction.document.source, annotation["report"], text, missed)


def read_sample() -> None:
    """Read one report of ours as a load does, so that all reference data is there."""
    Reader({}, as_it_is)(_SAMPLE)


def size_of(source: Source) -> int:
    """Bytes of a file, at least one; 0 where that is not easily told."""
    try:
        return max(1, source.path.stat().st_size) if source.member is None else 0
    except OSError:
        return 0  # reading it tells why


def _guarded(work: Callable[[Source], T], source: Source) -> T | Failure:
    try:
        return work(source)
    except CatalogueError:
        raise  # the vocabulary is at fault, and would fail every other file alike
    except ReadError as exc:
        return Failure(source.label, exc.reason)
    except WriteRefused as exc:
        return Failure(source.label, str(exc))
    except Exception as exc:  # whatever one file does to a library, the others must go on
        return Failure(source.label, f"cannot be extracted ({type(exc).__name__}: {exc})")


def _published(heading: Heading) -> str:
    return heading.published.isoformat() if heading.published else ""


def crashed(source: Source) -> Failure:
    """What a file leaves that ended its worker."""
    return Failure(source.label, "ended the process that read it, most likely out of memory")


def as_it_is(graph: ReportGraph) -> ReportGraph:
    """The layout of a target that takes reports as they are."""
    return graph
