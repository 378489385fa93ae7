"""How a report enters a graph: rows and Cypher, the same for every engine.

Everything here works inside one transaction that the store opened; the store
decides how to open, retry and commit it. Texts are built from schema names only;
what a report says travels as parameters.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from typing import Any, TypeVar

from graph.ddl import REPORT_EDGES
from graph.inventory import Tally, update_inventory
from graph.model import Node, ReportGraph
from graph.removal import remove_report
from graph.rows import (
    Transaction,
    edge_row,
    edge_rows,
    find_digests,
    node_columns,
    node_properties,
    projection,
)
from graph.schema import NODE_BY_LABEL, OWNED, label_of
from graph.store import Row, Written
from graph.tables import EdgeRow
from graph.view import ROWS_TOGETHER, pages

T = TypeVar("T")

_Shape = tuple[str, str, str]
"""Type of a relationship, labels of its source and target."""
_Identity = tuple[str, str, str, str]
"""Type, source, target and report of a relationship."""

ROWS_PER_TRANSACTION = 50_000
"""Nodes and edges that one transaction carries, unless one report alone has more."""

_MOMENT = 1e-6
"""Seconds, long enough for another thread to wake up: after none at all this one is first again."""


def iter_batches(reports: Iterable[ReportGraph]) -> Iterator[list[ReportGraph]]:
    """Group reports into transactions of at most :data:`ROWS_PER_TRANSACTION` rows.

    One that stands there twice comes only once.
    """
    batch: list[ReportGraph] = []
    rows = 0
    for report in {found.report.id: found for found in reports}.values():
        size = 1 + len(report.nodes) + len(report.edges)
        if batch and rows + size > ROWS_PER_TRANSACTION:
            yield batch
            batch, rows = [], 0
        batch.append(report)
        rows += size
    if batch:
        yield batch


def merge_written(parts: Iterable[Written]) -> Written:
    """What several transactions did together."""
    done = list(parts)
    return Written(
        added=tuple(i for part in done for i in part.added),
        replaced=tuple(i for part in done for i in part.replaced),
        unchanged=tuple(i for part in done for i in part.unchanged),
    )


def write_batch(
    run: Transaction,
    batch: Sequence[ReportGraph],
    beside: Executor,
    wait_for_check: Callable[[], object] = lambda: None,
) -> Written:
    """Write reports; take back first what an older text of one had said.

    Args:
        run: The transaction.
        batch: The reports.
        beside: One thread: an engine is waited for, and what comes next is made meanwhile.
        wait_for_check: Returns once the reports have been found good. Until then nodes of
            the schema's labels are sent, and nothing else.
    Raises:
        WriteRefused, EvidenceMismatch: From ``wait_for_check``.
    """
    known = find_digests(run, [g.report.id for g in batch])
    unchanged: list[ReportGraph] = []
    fresh: list[ReportGraph] = []
    for graph in batch:
        same = known.get(graph.report.id) == graph.report.properties["digest"]
        (unchanged if same else fresh).append(graph)
    if fresh:
        change = Tally()
        for graph in fresh:
            if graph.report.id in known:
                wait_for_check()
                remove_report(run, graph.report.id, change)
        _write_fresh(run, fresh, change, beside, wait_for_check)
        update_inventory(run, change)
    ids = [g.report.id for g in fresh]
    return Written(
        added=tuple(i for i in ids if i not in known),
        replaced=tuple(i for i in ids if i in known),
        unchanged=tuple(g.report.id for g in unchanged),
    )


def _write_fresh(
    run: Transaction,
    fresh: Sequence[ReportGraph],
    change: Tally,
    beside: Executor,
    wait_for_check: Callable[[], object],
) -> None:
    """Write reports of which nothing is there, and count them in."""
    edges = beside.submit(_edge_rows, fresh)
    nodes: dict[str, list[Row]] = {}
    for label, of_label in _nodes(fresh).items():
        if label not in NODE_BY_LABEL:
            wait_for_check()
        nodes[label] = list(map(node_properties, of_label))
        _write_nodes(run, label, nodes[label], change)
    wait_for_check()
    new = beside.submit(_count_new, nodes, edges.result())
    for shape, of_shape in edges.result().items():
        _write_edges(run, shape, of_shape, change)
    change.merge(new.result())
    # A driver's results hold what was sent, in cycles, for the garbage collector to find:
    # let go of it while the engine commits.
    beside.submit(_clear, [*nodes.values(), *edges.result().values()])


def take_back(run: Transaction, report: str) -> bool:
    """Remove one report.

    Returns:
        Whether the graph had it.
    """
    change = Tally()
    had = remove_report(run, report, change)
    if had:
        update_inventory(run, change)
    return had


def _nodes(graphs: Iterable[ReportGraph]) -> dict[str, Iterable[Node]]:
    """Each node once, by label: first those of which there are most."""
    by_label: dict[str, dict[str, Node]] = {}
    for graph in graphs:
        for node in (graph.report, *graph.nodes):
            by_label.setdefault(node.label, {}).setdefault(node.id, node)
    order = sorted(by_label, key=lambda label: (-len(by_label[label]), label))
    return {label: by_label[label].values() for label in order}


def _edge_rows(graphs: Iterable[ReportGraph]) -> dict[_Shape, list[EdgeRow]]:
    """Each relationship once, by type and labels at its ends; sorted."""
    by_shape: dict[_Shape, dict[_Identity, EdgeRow]] = {}
    for graph in giving_way(graphs):
        for edge in graph.edges:
            source, target = edge.source, edge.target
            shape = (edge.type, label_of(source), label_of(target))
            row = (source, target, edge_row(graph.report, edge))
            by_shape.setdefault(shape, {})[edge.identity] = row
    return {shape: list(rows.values()) for shape, rows in sorted(by_shape.items())}


def _is_new(kind: str) -> bool:
    """Whether what is of a report only: it is new, the report having been taken back before."""
    return kind in OWNED or kind == "Report" or kind in REPORT_EDGES


def _count_new(
    nodes: Mapping[str, Sequence[Row]], edges: Mapping[_Shape, Sequence[EdgeRow]]
) -> Tally:
    """Count what is of a report only, and so cannot stand there already."""
    tally = Tally()
    for label, rows in nodes.items():
        if _is_new(label):
            for some in giving_way(pages(rows, ROWS_TOGETHER)):
                tally.add(label, some)
    for (type_, label, _), of_shape in edges.items():
        if _is_new(type_) or _is_new(label):
            for part in giving_way(pages(of_shape, ROWS_TOGETHER)):
                tally.add(type_, part)
    return tally


def _clear(lists: Iterable[list[Any]]) -> None:
    for items in giving_way(lists):
        items.clear()


def giving_way(items: Iterable[T]) -> Iterator[T]:
    """Items; before each, a thread that waits for the interpreter has it at once."""
    for item in items:
        time.sleep(_MOMENT)
        yield item


def _write_nodes(run: Transaction, label: str, rows: Sequence[Row], change: Tally) -> None:
    fresh = rows if _is_new(label) else _unlike(run, label, rows, change)
    verb = "CREATE" if _is_new(label) else "MERGE"
    if fresh:
        run(
            f"UNWIND $rows AS row {verb} (n:{label} {{id: row.id}}) SET n = row",
            {"rows": fresh},
        )


def _unlike(run: Transaction, label: str, rows: Sequence[Row], change: Tally) -> Sequence[Row]:
    """Shared nodes that the graph has not, or has otherwise."""
    # Compared by the engine: to read and unpack them all takes longer.
    alike = " AND ".join(
        f"(n.`{name}` = row.`{name}` OR (n.`{name}` IS NULL AND row.`{name}` IS NULL))"
        for name in node_columns(label)
    )
    match = f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}})"
    like = run(f"{match} WHERE {alike} RETURN collect(n.id) AS ids", {"rows": rows})
    same = {id_ for row in like for id_ in row["ids"]}  # type: ignore[attr-defined]
    fresh = [row for row in rows if row["id"] not in same]
    if fresh:
        match = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})"
        returned = projection("n", node_columns(label))
        ids = {"ids": [row["id"] for row in fresh]}
        change.drop(label, list(run(f"{match} RETURN {returned}", ids)))
        change.add(label, fresh)
    return fresh


def _write_edges(run: Transaction, shape: _Shape, rows: Sequence[EdgeRow], change: Tally) -> None:
    type_, source, target = shape
    if not (_is_new(type_) or _is_new(source)):
        match = f"UNWIND $ids AS id MATCH (a:{source} {{id: id}})-[r:{type_}]->(b:{target})"
        ids = sorted({row[0] for row in rows})
        there = {(a, b) for a, b, _ in edge_rows(run, match, type_, {"ids": ids})}
        rows = [row for row in rows if (row[0], row[1]) not in there]
        change.add(type_, rows)
    # Properties come as a map: the embedded engine refuses a name that it has not met yet
    # where it stands in the statement.
    if rows:
        run(
            f"UNWIND $rows AS row "
            f"MATCH (a:{source} {{id: row[0]}}) MATCH (b:{target} {{id: row[1]}}) "
            f"CREATE (a)-[r:{type_}]->(b) SET r += row[2]",
            {"rows": rows},
        )
