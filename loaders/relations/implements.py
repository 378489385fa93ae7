"""IMPLEMENTS: a body sets up, runs, improves or applies a mechanism or initiative.

Reports are written to say what their unit does, so naming a mechanism in a
clause is saying that the clause's actor applies it; what is missing or still to
come is told by the clause's status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.clauses import Clause
from loaders.cues import alternation
from loaders.document import Document
from loaders.entities import Mention
from loaders.heading import Heading
from loaders.relations.finding import Act, Finding

_ACTS: dict[str, Act] = {"sets_up": "sets up", "improves": "improves", "runs": "runs"}
_VERB = re.compile("|".join(f"(?P<{group}>{alternation(f'act_{group}')})" for group in _ACTS))
_REACH = 24  # characters between a verb and the mechanism that it is about


def find_implements(
    doc: Document, heading: Heading, clauses: Sequence[Clause]
) -> Iterator[Finding]:
    """Yield a finding for each actor and each mechanism or initiative of a clause."""
    for clause in clauses:
        for m in clause.mentions:
            if m.kind not in ("mechanism", "initiative"):
                continue
            act = _act(doc.text, clause, m)
            for actor, role in zip(clause.actors, clause.roles, strict=True):
                yield Finding(
                    "IMPLEMENTS",
                    ("agency", actor),
                    (m.kind, m.name),
                    clause.shown_from,
                    clause.end,
                    clause.status,
                    "actor-of-clause",
                    role,
                    act,
                )


def _act(text: str, clause: Clause, mention: Mention) -> Act:
    """What is done: by the last verb before the name, else the first after it."""
    before = list(_VERB.finditer(text, max(clause.start, mention.start - _REACH), mention.start))
    verb = before[-1] if before else _VERB.search(text, mention.end, clause.end)
    return _ACTS[str(verb.lastgroup)] if verb else ""
