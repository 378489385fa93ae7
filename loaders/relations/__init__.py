"""Who does what: statements that tie the entities of a report.

One module a relationship type; each reads clauses and yields single findings,
which are gathered here into statements with every piece of evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.model import STATUSES, Evidence
from loaders.clauses import Clause, Clauses
from loaders.document import Document
from loaders.entities import Entity, Kind, Statement, StatementType
from loaders.heading import Heading
from loaders.relations.cites import find_by_topic, find_cites, find_named_after
from loaders.relations.finding import Finding
from loaders.relations.implements import find_implements
from loaders.relations.issues import find_issues, find_titled
from loaders.relations.reports_to import find_reports_to, find_salutation

_FINDERS = (find_implements, find_reports_to, find_issues, find_cites)


def find_statements(
    doc: Document, heading: Heading, entities: Sequence[Entity], clauses: Clauses
) -> list[Statement]:
    """Find the edges that a report states.

    Args:
        doc: Report text and passages.
        heading: Who reports; its unit is the actor where no other is named.
        entities: Every entity of the report with its mentions.
        clauses: The report's clauses, with the same mentions.
    Returns:
        Statements sorted by type, source and target, each with all its evidence
        in text order; ``doc.text[e.start:e.end] == e.text`` for every piece.
    """
    findings = [
        *find_salutation(doc, heading, clauses.mentions),
        *find_named_after(doc, entities),
        *find_titled(entities),
    ]
    before: Sequence[Clause] = ()
    for of_passage in clauses.of_passages(lambda _, inside: bool(inside)):
        findings += _find(doc, heading, of_passage)
        findings += find_by_topic(doc, before, of_passage)
        before = of_passage
    known: set[tuple[Kind, str]] = {(e.kind, e.name) for e in entities}
    if heading.unit:
        known.add(("agency", heading.unit))
    return _gather(doc, findings, known)


def _find(doc: Document, heading: Heading, clauses: Sequence[Clause]) -> Iterator[Finding]:
    for finder in _FINDERS:
        yield from finder(doc, heading, clauses)


def _gather(
    doc: Document, findings: Sequence[Finding], known: set[tuple[Kind, str]]
) -> list[Statement]:
    by_edge: dict[tuple[StatementType, tuple[Kind, str], tuple[Kind, str]], set[Evidence]] = {}
    manner: dict[object, tuple[int, int, str, str]] = {}
    for f in findings:
        if f.source == f.target or f.source not in known or f.target not in known:
            continue
        evidence = Evidence(f.start, f.end, doc.text[f.start : f.end], f.status, f.rule)
        edge = (f.type, f.source, f.target)
        by_edge.setdefault(edge, set()).add(evidence)
        here = (STATUSES.index(f.status), f.start, f.role, f.act)
        manner[edge] = min(manner.get(edge, here), here)
    return [
        Statement(*edge, tuple(sorted(found)), *manner[edge][2:])
        for edge, found in sorted(by_edge.items())
    ]
