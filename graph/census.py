"""Count what a graph holds and find what is wrong with it, the same on every engine."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping

from graph.checks import SHARED
from graph.ddl import REPORT_EDGES, constraint_statements, index_names
from graph.inventory import KINDS, Tally, read_inventory
from graph.schema import EDGE_TYPES, ID, NAME, NODE_TYPES, OWNED
from graph.store import Row, Store
from graph.view import GraphView

Run = Callable[[str], list[Row]]

_PAUSES = (0.1, 0.5, 0)
"""Seconds before looking again."""
_RESTORE = "damaged, or restored in part; load the reports into an empty store."


def count_nodes(run: Run) -> dict[str, int]:
    """Number of nodes of every label of the schema; engines know it without looking."""
    return {
        n.label: _number(run(f"MATCH (n:{n.label}) RETURN count(n) AS count")) for n in NODE_TYPES
    }


def count_edges(run: Run) -> dict[str, int]:
    """Number of relationships of every type of the schema; likewise."""
    return {
        e.type: _number(run(f"MATCH ()-[r:{e.type}]->() RETURN count(r) AS count"))
        for e in EDGE_TYPES
    }


def _number(rows: list[Row]) -> int:
    return int(str(rows[0]["count"]))


def read_digests(run: Run) -> dict[str, str]:
    """Digest of each report, by id, in the order of ids."""
    rows = run("MATCH (r:Report) RETURN r.id AS id, r.digest AS digest")
    return dict(sorted((str(row["id"]), str(row["digest"])) for row in rows))


def content_digest(reports: Mapping[str, str]) -> str:
    """SHA-256 over ids and digests of reports, whatever their order."""
    lines = (f"{report}\t{digest}\n" for report, digest in sorted(reports.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def graph_digest(view: GraphView) -> str:
    """Digest over all nodes, relationships and properties, the same in any store and order."""
    return _count_up(view).digest


def _count_up(view: GraphView) -> Tally:
    tally = Tally()
    for kind, rows in view.iter_rows():
        tally.add(kind, rows)
    return tally


def find_losses(run: Run) -> list[str]:
    """How a graph differs in number from what was written, in one sentence; empty when not."""
    for pause in _PAUSES:
        problem = _compare_counts(read_inventory(run), count_nodes(run) | count_edges(run))
        if not problem:
            return []
        # Another's commit may fall between two answers; what is lost stays lost.
        time.sleep(pause)
    return [f"{problem}: {_RESTORE}"]


def _compare_counts(written: Tally | None, there: Mapping[str, int]) -> str:
    if written is None:
        return "nothing says what was loaded" if any(there.values()) else ""
    strange = [
        f"{there[kind]} of {written.counts[kind]} {kind}"
        for kind in KINDS
        if there[kind] != written.counts[kind]
    ]
    return f"it holds {', '.join(strange)} that were loaded" if strange else ""


def find_changes(store: Store) -> list[str]:
    """How a graph differs in content from what was written, in one sentence; empty when not.

    Reads everything: some seconds for 100,000 relationships.
    """
    for _ in _PAUSES:
        written = read_inventory(store.run) or Tally()
        there = _count_up(GraphView(store))
        if written.total == there.total:
            return []
        if written.total == (read_inventory(store.run) or Tally()).total:
            return [
                f"its content (digest {there.digest[:12]}) is not what was loaded "
                f"({written.digest[:12]}): {_RESTORE}"
            ]
    return ["it was written to while its content was compared; do so again when that is done."]


def find_problems(run: Run, reports: Mapping[str, str]) -> list[str]:
    """What is wrong with a graph, one sentence each.

    Args:
        run: Runs a read query.
        reports: The reports that it has.
    """
    problems = [
        f"{kind} {name} is missing; open the store for writing once to create it."
        for kind, name in missing_schema(run)
    ]
    for type_ in REPORT_EDGES:
        rows = run(f"MATCH ()-[r:{type_}]->() RETURN DISTINCT r.report AS report")
        strays = sorted({str(row["report"]) for row in rows} - reports.keys())
        if strays:
            problems.append(
                f"{type_} relationships name reports that are not there: {', '.join(strays[:3])}."
            )
    return [*problems, *find_losses(run), *_find_gaps(run)]


def _find_gaps(run: Run) -> list[str]:
    """Signs that part of a graph was lost, as in a restore that did not finish."""
    problems = []
    for node in NODE_TYPES:
        match = f"MATCH (n:{node.label})"
        for name in (ID.name, NAME.name, *(p.name for p in node.properties if p.required)):
            bare = _number(run(f"{match} WHERE n.`{name}` IS NULL RETURN count(n) AS count"))
            if bare:
                problems.append(f"{bare} {node.label} nodes have no {name}.")
        if node.label in OWNED:
            count = _number(run(f"{match} RETURN count(n) AS count"))
            tied = f"MATCH (n:{node.label})-[:PART_OF]->(r:Report) WHERE n.report = r.id"
            loose = count - _number(run(f"{tied} RETURN count(n) AS count"))
        elif node.label in SHARED:
            holding = "|".join(REPORT_EDGES)
            loose = _number(
                run(f"{match} WHERE NOT EXISTS {{ (n)-[:{holding}]-() }} RETURN count(n) AS count")
            )
        else:
            continue
        if loose:
            problems.append(f"{loose} {node.label} nodes are tied to no report that is there.")
    return problems


def missing_schema(run: Run) -> list[tuple[str, str]]:
    """Kind and name of each constraint and index that is not in place."""
    constraints = {row["name"] for row in run("SHOW CONSTRAINTS")}
    indexes = {row["name"] for row in run("SHOW INDEXES")}
    return [
        *(("constraint", n) for n in constraint_statements() if n not in constraints),
        *(("index", n) for n in index_names() if n not in indexes),
    ]
