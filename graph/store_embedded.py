"""The embedded store: one graph file, in this process, by kglite.

One process writes at a time and holds a lease; any number read. A commit is in
the log ``<file>-wal`` before it is acknowledged, so it outlives the process; the
file itself is rewritten whole, and readers elsewhere see the news, when the log
has grown by 16 MiB and when the store is closed. ``<file>-journal`` notes what the
log must hold (:mod:`graph.journal`), because the engine drops a damaged log
without a word.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import unquote

import kglite

from graph.census import (
    content_digest,
    count_edges,
    count_nodes,
    find_problems,
    missing_schema,
    read_digests,
)
from graph.checks import check_reports
from graph.collector import collector_paused
from graph.cypher import with_limit
from graph.ddl import constraint_statements, index_statements
from graph.errors import (
    QueryFailed,
    QueryTimedOut,
    SchemaMissing,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreUnavailable,
)
from graph.guard import check_free_query
from graph.journal import Journal
from graph.model import ReportGraph
from graph.rows import Transaction, find_digests
from graph.schema import EDGE_TYPES, ID, NAME, NODE_TYPES, PropertyType, edge_properties
from graph.statement import check_query
from graph.store import QUERY_SECONDS, Row, StoreInfo, Written
from graph.writes import iter_batches, merge_written, take_back, write_batch

T = TypeVar("T")

ANALYZER = "standard-no-stop-words"
"""Full-text analyzer that keeps words between blanks whole."""

WORK_UNITS = 10_000_000
"""Rows and list items that a free query may go through on its way."""

_EMPTY_LOG_BYTES = 5
_SAMPLES: dict[PropertyType, object] = {
    "STRING": "x",
    "INTEGER": 1,
    "FLOAT": 0.5,
    "BOOLEAN": True,
    "LIST<STRING>": ["x"],
    "LIST<INTEGER>": [1],
}
_SEARCH_LAG = 500  # nodes that a full-text index may lag behind before it is built anew

# Before the first report every label is unknown to the engine, which would say so on stderr.
kglite.set_query_warning_policy("silent")
# What a log holds that a checkpoint does not is told by info(), not on stderr.
warnings.filterwarnings("ignore", "the write-ahead log", UserWarning)


class EmbeddedStore:
    """A graph file. Use :meth:`open`; reads may come from any thread."""

    def __init__(
        self, path: Path, url: str, *, read_only: bool, query_seconds: float = QUERY_SECONDS
    ) -> None:
        self._path = path
        self._url = url
        self._read_only = read_only
        self._query_ms = max(1, round(query_seconds * 1000))
        self._journal = Journal(_sidecar(path, "-journal"))
        self._lock = threading.RLock()
        self._session: kglite.Session | None = None
        self._seen: tuple[int, int, int] | None = None
        self._closed = False

    @classmethod
    def open(
        cls, url: str, *, read_only: bool = False, query_seconds: float = QUERY_SECONDS
    ) -> Self:
        """Open the file, or create it.

        Args:
            url: A path, or ``kglite:///path``.
            read_only: Take no lease; the file must exist.
            query_seconds: Longest that one read query may take.
        Raises:
            StoreUnavailable: No such file or folder.
            StoreBusy: Another process holds the lease.
            StoreDamaged: Not a graph file, or its log is not its own.
        """
        path = Path(unquote(url.removeprefix("kglite://")) if url.startswith("kglite:") else url)
        if path.is_dir():
            raise StoreUnavailable(f"{path} is a folder, not a graph file", url=url)
        if not path.parent.is_dir():
            raise StoreUnavailable(f"there is no folder {path.parent}", url=url)
        store = cls(path, url, read_only=read_only, query_seconds=query_seconds)
        if read_only:
            store._recover()
            store._handle()
        else:
            store._open_for_writing(create=True)
        return store

    @property
    def url(self) -> str:
        """The path as the user gave it."""
        return self._url

    def write(self, reports: Sequence[ReportGraph]) -> Written:
        """Write reports, each whole or not at all; see :meth:`graph.store.Store.write`."""
        with collector_paused():
            check_reports(reports)
            with self._lock:
                return merge_written([self._write_batch(batch) for batch in iter_batches(reports)])

    def _write_batch(self, batch: Sequence[ReportGraph]) -> Written:
        session = self._writable()
        digests = {g.report.id: str(g.report.properties["digest"]) for g in batch}
        # A transaction copies the graph at its first write: none for nothing.
        if find_digests(self._query, list(digests)) == digests:
            return Written(unchanged=tuple(digests))
        with ThreadPoolExecutor(1) as beside:
            return self._commit(session, digests, lambda run: write_batch(run, batch, beside))

    def remove(self, report: str) -> bool:
        """Take back one report and whatever only it had said."""
        with self._lock:
            session = self._writable()
            if find_digests(self._query, [report]):
                return self._commit(session, {report: None}, lambda run: take_back(run, report))
            if report in self._journal.lost(self.reports()):
                self._journal.note({report: None}, done=True)
            return False

    def run(self, cypher: str, params: Mapping[str, object] | None = None) -> list[Row]:
        """Run a read query."""
        check_query(cypher, self._url)
        return self._query(cypher, params or {})

    def run_free(
        self, cypher: str, params: Mapping[str, object] | None = None, *, rows: int
    ) -> tuple[list[Row], bool]:
        """Run a query that somebody else wrote.

        The engine computes all rows before it cuts them off, unless the text itself says how many.
        """
        check_free_query(cypher)
        limited = with_limit(cypher, rows + 1)
        found = self._query(limited, params or {}, rows=rows + 1, work=WORK_UNITS)
        return found[:rows], len(found) > rows

    def reports(self) -> Mapping[str, str]:
        """Digest of each report in the store, by report id."""
        return read_digests(self._ask)

    def info(self) -> StoreInfo:
        """Count what the store holds and check that it is sound."""
        reports = self.reports()
        lost = self._journal.lost(reports)
        if lost and self._read_only:
            if self._recover():
                reports = self.reports()
                lost = self._journal.lost(reports)
            else:  # the writer is alive and will publish them
                lost = []
        problems = find_problems(self._ask, reports)
        if lost:
            problems.append(
                f"{len(lost)} acknowledged writes are not in the store, its log must have been "
                f"damaged; load these reports again: {', '.join(lost[:5])}."
            )
        return StoreInfo(
            url=self._url,
            engine=f"kglite {kglite.__version__}",
            nodes=count_nodes(self._ask),
            edges=count_edges(self._ask),
            digest=content_digest(reports),
            problems=tuple(problems),
        )

    def close(self) -> None:
        """Write the file, release the lease; closing twice is harmless."""
        with self._lock:
            self._closed, session = True, self._session
            if session is None or self._read_only:
                return
            if not self._path.exists():
                gone = self._gone()
                self._drop(gone)
                raise gone
            lost = self._journal.lost(read_digests(lambda q: session.cypher(q).to_list()))
            try:
                session.close()
            except (kglite.KgError, OSError) as exc:
                self._drop(exc)
                raise StoreError(
                    f"{self._path} could not be rewritten ({_first_line(exc)}); what was "
                    "acknowledged is in its log and comes back when it is opened again",
                    url=self._url,
                ) from exc
            if not lost:
                self._journal.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _ask(self, cypher: str) -> list[Row]:
        return self._query(cypher, {})

    def _query(
        self,
        cypher: str,
        params: Mapping[str, object],
        *,
        rows: int | None = None,
        work: int | None = None,
    ) -> list[Row]:
        session = self._handle()
        try:
            answer = session.cypher(
                cypher,
                params=dict(params),
                timeout_ms=self._query_ms,
                row_limit=rows,
                max_work_units=work,
            )
            found: list[Row] = answer.to_list()
        except kglite.FileFormatError as exc:
            raise self._damaged(exc) from exc
        except kglite.CypherTimeoutError as exc:
            raise QueryTimedOut(_first_line(exc), url=self._url) from exc
        except (kglite.KgError, TypeError, ValueError, OverflowError, RecursionError) as exc:
            raise QueryFailed(_first_line(exc), url=self._url) from exc
        return found

    def _commit(
        self,
        session: kglite.Session,
        digests: Mapping[str, str | None],
        work: Callable[[Transaction], T],
    ) -> T:
        """Run work in one transaction, noted before and after."""
        try:
            self._journal.note(digests, done=False)
            with session.begin() as tx:
                result = work(lambda q, params: tx.cypher(q, params=dict(params)).to_list())
                _rebuild_search(tx)
            self._journal.note(digests, done=True)
        except (kglite.KgError, OSError, MemoryError) as exc:
            # After a failed append the open handle would still show the rows.
            self._drop(exc)
            raise StoreError(
                f"{self._path} could not be written: {_first_line(exc)}", url=self._url
            ) from exc
        return result

    def _writable(self) -> kglite.Session:
        if self._read_only:
            raise StoreError(f"{self._path} was opened for reading only", url=self._url)
        if not self._path.exists():
            raise self._gone()
        return self._handle()

    def _handle(self) -> kglite.Session:
        """The open session; one for reading follows the file when it is rewritten."""
        if self._closed:
            raise StoreError(f"{self._path} is closed", url=self._url)
        if self._read_only:
            seen = self._stamp()
            with self._lock:
                if self._session is None or seen != self._seen:
                    self._session = self._load()
                    self._seen = seen
                return self._session
        with self._lock:
            if self._session is None:
                self._open_for_writing(create=False)
            assert self._session is not None
            return self._session

    def _stamp(self) -> tuple[int, int, int]:
        try:
            stat = self._path.stat()
        except OSError:
            raise self._gone() from None
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size)

    def _load(self) -> kglite.Session:
        try:
            return kglite.open_session(str(self._path), verify="eager")
        except kglite.FileFormatError as exc:
            raise self._damaged(exc) from exc
        except (kglite.KgError, OSError) as exc:
            raise StoreUnavailable(
                f"{self._path} cannot be read: {_first_line(exc)}", url=self._url
            ) from exc

    def _open_for_writing(self, *, create: bool) -> None:
        is_new = not self._path.exists()
        if is_new:
            if not create:
                raise self._gone()
            self._start_journal()
        elif self._log_has_commits() and not self._journal.exists():
            raise StoreDamaged(
                f"the log {self._log} is not this store's own; move it away", url=self._url
            )
        else:  # opened for writing, the engine would check large columns only when it saves
            self._load()
        try:
            session = kglite.open_session(str(self._path), durable="normal")
        except kglite.WriterLeaseHeldError as exc:
            raise StoreBusy(
                f"{self._path} is being written by process {exc.holder['pid']} "
                f"since {exc.holder['since']}; wait for it, or open for reading",
                url=self._url,
            ) from exc
        except (kglite.FileFormatError, RuntimeError, ValueError) as exc:
            raise self._damaged(exc) from exc
        except (kglite.KgError, OSError) as exc:
            raise StoreUnavailable(
                f"{self._path} cannot be opened: {_first_line(exc)}", url=self._url
            ) from exc
        self._session = session
        missing = [name for _, name in missing_schema(self._ask)]
        if missing:
            self._start_journal()
            self._create_schema(session, missing)
        if is_new:
            with session.begin() as tx:
                _introduce_properties(tx)
        # Closing writes no checkpoint for what was only replayed from the log.
        if missing or self._log_has_commits():
            session.save()

    def _start_journal(self) -> None:
        try:
            self._journal.start()
        except OSError as exc:
            raise StoreUnavailable(
                f"{self._path} cannot be written: no file can be made in {self._path.parent} "
                f"({exc.strerror})",
                url=self._url,
            ) from exc

    def _create_schema(self, session: kglite.Session, missing: Sequence[str]) -> None:
        statements = {**constraint_statements(), **index_statements(ANALYZER)}
        for name in missing:
            try:
                session.execute(statements[name])
            except kglite.KgError as exc:
                self._drop(exc)
                raise SchemaMissing(
                    f"{self._path}: {name} cannot be created: {_first_line(exc)}", url=self._url
                ) from exc

    def _drop(self, exc: BaseException) -> None:
        """Let go of the session and its lease without writing the file."""
        session, self._session = self._session, None
        if session is not None:
            session.__exit__(type(exc), exc, None)

    def _recover(self) -> bool:
        """Bring back what a writer that died had committed.

        Returns:
            False where a writer is alive: its commits are still its own.
        """
        if self._log_has_commits():
            try:
                EmbeddedStore.open(self._url).close()
            except StoreBusy:
                return False
            except StoreUnavailable:  # no right to write here: read what was published
                return True
        return True

    @property
    def _log(self) -> Path:
        return _sidecar(self._path, "-wal")

    def _log_has_commits(self) -> bool:
        return self._log.exists() and self._log.stat().st_size > _EMPTY_LOG_BYTES

    def _gone(self) -> StoreUnavailable:
        return StoreUnavailable(
            f"there is no graph file {self._path}; load reports to create it", url=self._url
        )

    def _damaged(self, exc: Exception) -> StoreDamaged:
        return StoreDamaged(
            f"{self._path} is not a sound graph file ({_first_line(exc)}); "
            "move it away and load the reports again",
            url=self._url,
        )


def _introduce_properties(tx: kglite.SessionTransaction) -> None:
    """Let the engine meet every property once: it refuses a question that names another."""
    for node in NODE_TYPES:
        properties = {p.name: _SAMPLES[p.type] for p in (ID, NAME, *node.properties)}
        tx.cypher(f"CREATE (n:{node.label}) SET n = $row", params={"row": properties})
    for edge in EDGE_TYPES:
        properties = {p.name: _SAMPLES[p.type] for p in edge_properties(edge)}
        ends = f"MATCH (a:{edge.sources[0]}) MATCH (b:{edge.targets[0]})"
        tx.cypher(
            f"{ends} CREATE (a)-[r:{edge.type}]->(b) SET r += $row", params={"row": properties}
        )
    for node in NODE_TYPES:
        tx.cypher(f"MATCH (n:{node.label}) DETACH DELETE n")


def _rebuild_search(tx: kglite.SessionTransaction) -> None:
    """Build anew each full-text index that has fallen too far behind.

    Over 1,000 changed nodes the engine stops catching up on its own and answers
    nothing, without an error.
    """
    statements = index_statements(ANALYZER)
    for row in tx.cypher("SHOW INDEXES").to_list():
        if row["type"] == "FULLTEXT" and (row["delta"] or 0) > _SEARCH_LAG:
            tx.cypher(f"DROP INDEX {row['name']}")
            tx.cypher(statements[row["name"]])


def _sidecar(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _first_line(exc: BaseException) -> str:
    return str(exc).partition("\n")[0][:300]
