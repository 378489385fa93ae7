"""IMPLEMENTS: a body sets up, runs, improves or applies a mechanism or initiative.

Reports are written to say what their unit does, so naming a mechanism in a
clause is saying that the clause's actor applies it; what is missing or still to
come is told by the clause's status.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.clauses import Clause
from loaders.document import Document
from loaders.heading import Heading
from loaders.relations.finding import Finding


def find_implements(
    doc: Document, heading: Heading, clauses: Sequence[Clause]
) -> Iterator[Finding]:
    """Yield a finding for each actor and each mechanism or initiative of a clause."""
    for clause in clauses:
        for m in clause.mentions:
            if m.kind not in ("mechanism", "initiative"):
                continue
            for actor in clause.actors:
                yield Finding(
                    "IMPLEMENTS",
                    ("agency", actor),
                    (m.kind, m.name),
                    clause.shown_from,
                    clause.end,
                    clause.status,
                    "actor-of-clause",
                )
