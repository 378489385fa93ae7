"""CITES: a mechanism or initiative rests on a document, by the words of one sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from loaders.clauses import Clause
from loaders.cues import alternation
from loaders.document import Document
from loaders.entities import Mention
from loaders.heading import Heading
from loaders.relations.finding import Finding

_WINDOW = 60  # characters between a document and what rests on it
_BASIS = re.compile(rf"(?:{alternation('basis_prepositions')})[^，。；]{{0,24}}?(?:《)?$")
_GRANTS = re.compile(rf"》?(?:[^，。；《]{{0,6}}?)(?:{alternation('basis_verbs')})")


def find_cites(doc: Document, heading: Heading, clauses: Sequence[Clause]) -> Iterator[Finding]:
    """Yield a finding for each mechanism or initiative that a sentence ties to a document.

    Two ways of saying so: the document grants or lays down the mechanism
    (《…》赋予…三项建议权), or the mechanism is run by it (按照《…》, 建立…), in the
    same clause or the next one.
    """
    text = doc.text
    for index, clause in enumerate(clauses):
        for regulation in (m for m in clause.mentions if m.kind == "regulation"):
            grants = _GRANTS.match(text, regulation.end)
            before = max(clause.start, regulation.start - _WINDOW)
            basis = _BASIS.search(text[before : regulation.start])
            if not (grants or basis):
                continue
            for holder in clauses[index : index + (2 if basis else 1)]:
                for m in _held(holder, regulation.end):
                    yield _finding(clause, holder, regulation, m, not basis)


def _held(clause: Clause, after: int) -> Iterator[Mention]:
    """Mechanisms and initiatives of the clause within reach after an offset."""
    for m in clause.mentions[bisect_left(clause.mentions, after, key=lambda m: m.start) :]:
        if m.start > after + _WINDOW:
            return
        if m.kind in ("mechanism", "initiative"):
            yield m


def _finding(
    clause: Clause, holder: Clause, regulation: Mention, mention: Mention, grants: bool
) -> Finding:
    return Finding(
        "CITES",
        (mention.kind, mention.name),
        ("regulation", regulation.name),
        clause.start,
        holder.end,
        "reported",
        "granted-by" if grants else "run-by",
    )
