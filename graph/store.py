"""What a store can do, whichever it is.

Two engines stand behind :class:`Store`: the embedded file
(:mod:`graph.store_embedded`) and the Neo4j server (:mod:`graph.store_neo4j`).
Both run the same Cypher; the contract tests hold both to the same answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from graph.model import ReportGraph

Row = dict[str, object]
"""One row of an answer: column name to string, number, boolean, list, map or None."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did, by report id.

    Args:
        added: Reports that the store did not have.
        replaced: Reports whose text had changed; what they had said is gone.
        unchanged: Reports that the store had already, to the letter.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store holds.

    Args:
        url: The store, without password.
        engine: ``kglite 0.21.2``, ``Neo4j 5.26.1`` …
        nodes: Number of nodes by label, every label of the schema.
        edges: Number of relationships by type, every type of the schema.
        digest: SHA-256 over the ids and digests of all reports, sorted: the same
            reports give the same digest in any store and order.
        problems: What is wrong with it, one sentence each; empty when sound.
    """

    url: str
    engine: str
    nodes: Mapping[str, int]
    edges: Mapping[str, int]
    digest: str
    problems: tuple[str, ...] = ()


@runtime_checkable
class Store(Protocol):
    """A graph that reports are written to and questions are run on.

    A store is a context manager; leaving it closes it. A store opened with
    ``read_only`` refuses :meth:`write` and :meth:`remove`.
    """

    @property
    def url(self) -> str:
        """The store, without password."""

    def write(self, reports: Sequence[ReportGraph]) -> Written:
        """Write reports, each whole or not at all; those it has already are left alone.

        Checks every report against the schema and every piece of evidence
        against the report's text before anything is committed, and creates
        constraints and indexes before the first write.

        Raises:
            WriteRefused: A report contradicts the schema; none of the batch is written.
            EvidenceMismatch: A piece of evidence is not in the text; likewise.
            StoreError: The engine failed; reports not acknowledged are not in the store.
        """

    def remove(self, report: str) -> bool:
        """Take back one report and whatever only it had said.

        Args:
            report: Id of the report.
        Returns:
            Whether the store had it.
        Raises:
            StoreError: The engine failed; the report is still there, whole.
        """

    def run(self, cypher: str, params: Mapping[str, object] | None = None) -> list[Row]:
        """Run a read query.

        Args:
            cypher: One statement that returns properties or map projections.
            params: Parameters, all that the statement uses.
        Returns:
            Rows in the order of the answer.
        Raises:
            QueryFailed: The engine refused or stopped it, or it would write.
            StoreError: The store is away or damaged.
        """

    def run_free(
        self, cypher: str, params: Mapping[str, object] | None = None, *, rows: int
    ) -> tuple[list[Row], bool]:
        """Run a query that somebody else wrote, behind the guard (:mod:`graph.guard`).

        Args:
            cypher: One statement that only reads.
            params: Parameters, all that the statement uses.
            rows: Rows at most.
        Returns:
            Rows in the order of the answer, and whether there were more. Whole nodes and
            relationships come in the form of the engine.
        Raises:
            QueryRefused: The guard does not let it through, or it would do more than read.
            QueryFailed: The engine refused or stopped it.
            StoreError: The store is away or damaged.
        """

    def reports(self) -> Mapping[str, str]:
        """Digest of each report in the store, by report id."""

    def info(self) -> StoreInfo:
        """Count what the store holds and check that it is sound."""

    def close(self) -> None:
        """Flush and release; closing twice is harmless."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...


QUERY_SECONDS = 30.0
"""Longest that one read query may take, unless told otherwise."""
