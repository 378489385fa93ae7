"""The server store: Neo4j 5 or later, through the official driver.

Writes run in managed transactions, which the driver repeats when the server asks
for it; writers take turns, so that one cannot remove a shared node that another
is about to use. The password stays in the driver: no text of ours holds it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    UnsupportedServerProduct,
)

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
from graph.ddl import constraint_statements, index_statements
from graph.errors import (
    QueryFailed,
    QueryRefused,
    QueryTimedOut,
    SchemaMissing,
    StoreError,
    StoreUnavailable,
)
from graph.guard import check_free_query
from graph.model import ReportGraph
from graph.rows import Transaction
from graph.statement import check_query
from graph.store import QUERY_SECONDS, Row, StoreInfo, Written
from graph.writes import giving_way, iter_batches, merge_written, take_back, write_batch

T = TypeVar("T")

_log = logging.getLogger(__name__)

# What the driver says about its retries goes to whoever configures logging, not to stderr.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

ANALYZER = "whitespace"
"""Full-text analyzer that keeps words between blanks whole."""

WRITE_SECONDS = 600.0
"""Longest that one transaction of a load, or filling the indexes of a whole graph, may take."""

OLDEST = "5.26"
"""Oldest version of the server that is tested; older ones are refused. Those before 5.23 do not
know ``CALL (x) { … }``, which questions use: newer ones find fault with ``CALL { WITH x … }``."""

_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")

# In the code of each error that says so, whoever set the time.
_TIMED_OUT = "TransactionTimedOut"

# Nobody sees this node: it is there only until the end of the transaction, and
# whoever would create it next has to wait for that.
_TAKE_TURN = "MERGE (r:Report {id: 'turn'}) DELETE r"


def is_too_old(agent: str) -> bool:
    """Whether a server that calls itself so (``Neo4j/5.26.1``) is older than :data:`OLDEST`."""
    numbers = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    return numbers is not None and [int(n) for n in numbers.groups()] < [
        int(n) for n in OLDEST.split(".")
    ]


class Neo4jStore:
    """A database on a Neo4j server. Use :meth:`open`; safe to use from any thread."""

    def __init__(
        self,
        driver: neo4j.Driver,
        url: str,
        database: str | None,
        *,
        read_only: bool,
        query_seconds: float = QUERY_SECONDS,
    ) -> None:
        self._driver = driver
        self._url = url
        self._database = database
        self._read_only = read_only
        self._query_seconds = query_seconds
        self._engine = ""
        self._closed = False
        # In a cluster, what this store wrote is seen by what it reads next.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self._noticed: set[str] = set()

    @classmethod
    def open(
        cls,
        url: str,
        *,
        read_only: bool = False,
        password: str = "",
        query_seconds: float = QUERY_SECONDS,
    ) -> Self:
        """Connect, and create constraints and indexes that are missing.

        Args:
            url: ``neo4j://`` or ``bolt://`` and their ``+s``, ``+ssc`` forms, with
                the user where it is not ``neo4j`` and ``?database=`` where it is
                not the user's home database.
            read_only: Refuse writes and leave the schema as it is.
            password: Empty where the server asks for none.
            query_seconds: Longest that one read query may take.
        Raises:
            StoreUnavailable: Within 10 seconds: the server is down, refuses the
                password, has no such database, or is too old.
            SchemaMissing: A constraint cannot be created.
        """
        server, user, database = _parse(url)
        shown = f"{server}?database={database}" if database else server
        try:
            driver = neo4j.GraphDatabase.driver(
                server,
                auth=(user, password) if password else None,
                user_agent="govmech",
                connection_timeout=5.0,
                connection_acquisition_timeout=8.0,
                max_transaction_retry_time=8.0,
                notifications_min_severity="WARNING",
                # Properties that no node has yet are no news in a graph that is being filled.
                notifications_disabled_classifications=["UNRECOGNIZED"],
                telemetry_disabled=True,
            )
        except (ConfigurationError, ValueError) as exc:
            raise StoreUnavailable(f"{shown} is not a usable URL: {exc}", url=shown) from exc
        store = cls(driver, shown, database, read_only=read_only, query_seconds=query_seconds)
        try:
            store._connect(user)
            if not read_only:
                store._create_schema()
        except BaseException:  # whatever stops it, the connections must not stay open
            driver.close()
            raise
        return store

    @property
    def url(self) -> str:
        """Scheme, host and database."""
        return self._url

    def write(self, reports: Sequence[ReportGraph]) -> Written:
        """Write reports, each whole or not at all; see :meth:`graph.store.Store.write`."""
        # Checked while the server is at the first rows; nothing is committed before that is done.
        with collector_paused(), ThreadPoolExecutor(1) as beside:
            check = beside.submit(check_reports, giving_way(reports))
            try:
                return merge_written(
                    [
                        self._transact(
                            lambda run, batch=batch: write_batch(run, batch, beside, check.result)  # type: ignore[misc]
                        )
                        for batch in iter_batches(reports)
                    ]
                )
            finally:  # what it says of a report says more than what came of sending that
                check.result()

    def remove(self, report: str) -> bool:
        """Take back one report and whatever only it had said."""
        return self._transact(lambda run: take_back(run, report))

    def run(self, cypher: str, params: Mapping[str, object] | None = None) -> list[Row]:
        """Run a read query."""
        check_query(cypher, self._url)
        return self._read(cypher, params)

    def run_free(
        self, cypher: str, params: Mapping[str, object] | None = None, *, rows: int
    ) -> tuple[list[Row], bool]:
        """Run a query that somebody else wrote, if the server too takes it for a read."""
        check_free_query(cypher)

        @neo4j.unit_of_work(timeout=self._query_seconds)
        def transaction(tx: neo4j.ManagedTransaction) -> list[Row]:
            values = dict(params or {})
            kind = tx.run(f"EXPLAIN {cypher}", values).consume().query_type
            if kind != "r":
                raise QueryRefused(f"the server takes it for “{kind}”, not for a read")
            return [record.data() for record in islice(tx.run(cypher, values), rows + 1)]

        found = self._in_read(transaction)
        return found[:rows], len(found) > rows

    def reports(self) -> Mapping[str, str]:
        """Digest of each report in the store, by report id."""
        return read_digests(self._read)

    def info(self) -> StoreInfo:
        """Count what the store holds and check that it is sound."""
        reports = self.reports()
        return StoreInfo(
            url=self._url,
            engine=self._engine,
            nodes=count_nodes(self._read),
            edges=count_edges(self._read),
            digest=content_digest(reports),
            problems=tuple(find_problems(self._read, reports)),
        )

    def close(self) -> None:
        """Close the connections; closing twice is harmless."""
        self._closed = True
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _connect(self, user: str) -> None:
        try:
            agent = self._driver.get_server_info().agent
            with self._session(neo4j.READ_ACCESS) as session:
                session.run("RETURN 1").consume()
        except AuthError as exc:
            raise StoreUnavailable(
                f"{self._url} refuses user {user} or the password", url=self._url
            ) from exc
        except ClientError as exc:
            raise StoreUnavailable(f"{self._url}: {_sentence(exc)}", url=self._url) from exc
        except (ConfigurationError, UnsupportedServerProduct) as exc:
            # The server speaks, but no protocol that has what the driver was asked for.
            raise StoreUnavailable(
                f"{self._url} is too old: Neo4j {OLDEST} or later is needed", url=self._url
            ) from exc
        except (DriverError, Neo4jError, OSError, ValueError) as exc:
            raise self._away(exc) from exc
        if is_too_old(agent):
            raise StoreUnavailable(
                f"{self._url} is too old: Neo4j {OLDEST} or later is needed, it is {agent[:40]}",
                url=self._url,
            )
        self._engine = agent.replace("/", " ")

    def _create_schema(self) -> None:
        statements = {**constraint_statements(), **index_statements(ANALYZER)}
        missing = [name for _, name in missing_schema(self._read)]
        for name in missing:
            try:
                self._driver.execute_query(statements[name], database_=self._database)
            except (DriverError, Neo4jError) as exc:
                raise SchemaMissing(
                    f"{self._url}: {name} cannot be created: {_sentence(exc)}", url=self._url
                ) from exc
        if missing:
            with self._session(neo4j.READ_ACCESS) as session:
                session.run(
                    neo4j.Query("CALL db.awaitIndexes($seconds)", timeout=WRITE_SECONDS),
                    seconds=int(WRITE_SECONDS),
                ).consume()

    def _transact(self, work: Callable[[Transaction], T]) -> T:
        if self._read_only:
            raise StoreError(f"{self._url} was opened for reading only", url=self._url)

        @neo4j.unit_of_work(timeout=WRITE_SECONDS)
        def transaction(tx: neo4j.ManagedTransaction) -> T:
            tx.run(_TAKE_TURN).consume()
            return work(lambda cypher, params: _iter_rows(tx, cypher, params))

        try:
            with self._session(neo4j.WRITE_ACCESS) as session:
                return session.execute_write(transaction)
        except (ServiceUnavailable, SessionExpired, AuthError, OSError) as exc:
            raise self._away(exc) from exc
        except (DriverError, Neo4jError) as exc:
            raise StoreError(f"{self._url}: {_sentence(exc)}", url=self._url) from exc

    def _read(self, cypher: str, params: Mapping[str, object] | None = None) -> list[Row]:
        @neo4j.unit_of_work(timeout=self._query_seconds)
        def transaction(tx: neo4j.ManagedTransaction) -> list[Row]:
            result = tx.run(cypher, dict(params or {}))
            rows = [record.data() for record in result]
            self._notice(result.consume())
            return rows

        return self._in_read(transaction)

    def _in_read(self, transaction: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """Run a transaction that only reads."""
        try:
            with self._session(neo4j.READ_ACCESS) as session:
                return session.execute_read(transaction)
        except (ServiceUnavailable, SessionExpired, AuthError, OSError) as exc:
            raise self._away(exc) from exc
        except ClientError as exc:
            failed = QueryTimedOut if _TIMED_OUT in (exc.code or "") else QueryFailed
            raise failed(_sentence(exc), url=self._url) from exc
        except (DriverError, Neo4jError) as exc:
            raise StoreError(f"{self._url}: {_sentence(exc)}", url=self._url) from exc
        except (TypeError, ValueError, OverflowError, RecursionError) as exc:
            raise QueryFailed(f"a parameter cannot be sent: {exc}", url=self._url) from exc

    def _session(self, access: str) -> neo4j.Session:
        if self._closed:
            raise StoreError(f"{self._url} is closed", url=self._url)
        return self._driver.session(
            database=self._database,
            default_access_mode=access,
            bookmark_manager=self._bookmarks,
        )

    def _notice(self, summary: neo4j.ResultSummary) -> None:
        """Log what the server remarks on a query, each remark once."""
        for status in summary.gql_status_objects:
            remark = status.status_description
            if status.is_notification and remark not in self._noticed:
                self._noticed.add(remark)
                _log.warning("%s: %s", self._url, remark)

    def _away(self, exc: Exception) -> StoreUnavailable:
        asked = "does the server speak TLS" if "+s" in self._url else "is Neo4j's Bolt port there"
        return StoreUnavailable(
            f"{self._url} does not answer: {_sentence(exc)}; {asked}?", url=self._url
        )


def _parse(url: str) -> tuple[str, str, str | None]:
    """Server without user, user, and database if one is named."""
    try:
        parts = urlsplit(url)
    except ValueError as exc:
        raise StoreUnavailable(f"this is not a URL: {exc}") from exc
    if parts.scheme not in _SCHEMES:
        raise StoreUnavailable(
            f"a store is a file path, kglite:///path, or one of "
            f"{', '.join(s + '://' for s in _SCHEMES)}"
        )
    server = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    if parts.password is not None:
        raise StoreUnavailable("the password does not belong in the URL", url=server)
    database = parse_qs(parts.query).get("database", [None])[-1]
    return server, unquote(parts.username or "neo4j"), database


def _iter_rows(
    tx: neo4j.ManagedTransaction, cypher: str, params: Mapping[str, object]
) -> Iterator[Row]:
    result = tx.run(cypher, dict(params))
    return (record.data() for record in result)


def _sentence(exc: Exception) -> str:
    message = exc.message if isinstance(exc, Neo4jError) else str(exc)
    return (message or type(exc).__name__).partition("\n")[0][:300]
