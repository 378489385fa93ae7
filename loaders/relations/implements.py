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
_TAKE_PART = re.compile(
    r"等?(?:\d+[余多]?[家个]|多[家个]|有关|相关)?(?:部门|单位|机关)?(?:共同|协同|全程|积极|联合)?(?:参与|参加|配合)"
)
"""Behind bodies that only take part."""
_REACH = 24  # characters between a verb and the mechanism that it is about


def find_implements(
    doc: Document, heading: Heading, clauses: Sequence[Clause]
) -> Iterator[Finding]:
    """Yield a finding for each actor and each mechanism or initiative of a clause."""
    last: Clause | None = None
    for clause in clauses:
        yield from _joining(doc.text, last, clause)
        last = clause
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


def _joining(text: str, last: Clause | None, clause: Clause) -> Iterator[Finding]:
    """Who takes part in what the clause before names: 甲局牵头建立…，乙局、丙局等8家单位参与."""
    bodies = [m for m in clause.mentions if m.kind == "agency"]
    if last is None or not bodies or bodies[0].start != clause.start:
        return
    if not _TAKE_PART.fullmatch(text, bodies[-1].end, clause.end):
        return
    for m in last.mentions:
        if m.kind in ("mechanism", "initiative"):
            for body in bodies:
                yield Finding(
                    "IMPLEMENTS",
                    ("agency", body.name),
                    (m.kind, m.name),
                    last.start,
                    clause.end,
                    clause.status,
                    "takes-part",
                    "joins",
                    _act(text, last, m),
                )


def _act(text: str, clause: Clause, mention: Mention) -> Act:
    """What is done: by the last verb before the name, else the first after it."""
    before = list(_VERB.finditer(text, max(clause.start, mention.start - _REACH), mention.start))
    verb = before[-1] if before else _VERB.search(text, mention.end, clause.end)
    return _ACTS[str(verb.lastgroup)] if verb else ""
