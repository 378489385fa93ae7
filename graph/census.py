"""Count what a graph holds and find what is wrong with it, the same on every engine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping

from graph.checks import SHARED
from graph.ddl import REPORT_EDGES, constraint_statements, index_names
from graph.schema import EDGE_TYPES, ID, NAME, NODE_TYPES, OWNED
from graph.store import Row
from graph.view import GraphView

Run = Callable[[str], list[Row]]


def count_nodes(run: Run) -> dict[str, int]:
    """Number of nodes of every label of the schema."""
    return {
        n.label: _number(run(f"MATCH (n:{n.label}) RETURN count(n) AS count")) for n in NODE_TYPES
    }


def count_edges(run: Run) -> dict[str, int]:
    """Number of relationships of every type of the schema."""
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
    """SHA-256 over all nodes, relationships and properties, in the order of the view.

    The same graph gives the same digest in any store. A list without items counts as
    unknown: the bulk importer of Neo4j makes no difference between the two.
    """
    digest = hashlib.sha256()
    for node in view.iter_nodes():
        _add_item(digest, [node.label, node.id], node.properties)
    for edge in view.iter_edges():
        _add_item(digest, [edge.type, edge.source, edge.target], edge.properties)
    return digest.hexdigest()


def _add_item(digest: hashlib._Hash, who: list[str], properties: Mapping[str, object]) -> None:
    known = {name: value for name, value in properties.items() if value != ()}
    line = json.dumps([*who, known], ensure_ascii=False, sort_keys=True)
    digest.update(f"{line}\n".encode())


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
    return [*problems, *_find_gaps(run)]


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
