"""CITES: a mechanism or initiative rests on a document, by the words of one sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from loaders.clauses import Clause
from loaders.cues import alternation
from loaders.document import Document
from loaders.entities import Entity, Mention
from loaders.heading import Heading
from loaders.relations.finding import Finding

_WINDOW = 60  # characters between a document and what rests on it
_BASIS = re.compile(rf"(?:{alternation('basis_prepositions')})[^，。；]{{0,24}}?(?:《)?$")
_MADE = re.compile(rf"(?:{alternation('issue_verbs')})(?:了|出)?(?:《)?$")
_FORM_WORDS = frozenset(("制度", "机制", "工作", "办法", "实施", "管理", "行政", "建设", "服务"))
_SHORTEST_TITLE = 3  # characters; 宪法 is in too many names that do not rest on it
_GRANTS = re.compile(rf"》?(?:[^，。；《]{{0,6}}?)(?:{alternation('basis_verbs')})")


def find_cites(doc: Document, heading: Heading, clauses: Sequence[Clause]) -> Iterator[Finding]:
    """Yield a finding for each mechanism or initiative that a sentence ties to a document.

    Four ways of saying so: the document grants or lays down the mechanism
    (《…》赋予…三项建议权); the mechanism is run by it (按照《…》, 建立…), in the same
    clause or the next one; the document is made and the mechanism of the same
    matter set up (制定《信访代理规则》, 推行信访代理); the initiative is named after
    the document (信访条例宣传月).
    """
    text = doc.text
    for index, clause in enumerate(clauses):
        for regulation in (m for m in clause.mentions if m.kind == "regulation"):
            rule = _tie(text, clause, regulation)
            for holder in _holders(clauses, index, regulation, rule):
                for m in _held(holder, regulation.end):
                    if rule != "made-with" or _share_matter(regulation.surface, m.surface):
                        yield _finding(clause, holder, regulation, m, rule)


def _holders(
    clauses: Sequence[Clause], index: int, regulation: Mention, rule: str
) -> Sequence[Clause]:
    """Clauses that may hold what rests on a document of clause ``index``."""
    if not rule or rule == "granted-by":
        return clauses[index : index + 1] if rule else ()
    near = clauses[index : index + 2]
    if rule == "run-by" and not any(True for c in near for _ in _held(c, regulation.end)):
        return clauses[index + 2 : index + 3]  # 根据《…》，规范流程，落实首办责任制
    return near


def find_named_after(doc: Document, entities: Sequence[Entity]) -> Iterator[Finding]:
    """Yield a finding for each initiative whose name holds the name of a document."""
    regulations = [e for e in entities if e.kind == "regulation"]
    for entity in entities:
        if entity.kind != "initiative":
            continue
        for regulation in regulations:
            titles = tuple(_titles(regulation))
            for m in entity.mentions:
                if any(title in m.surface for title in titles):
                    yield Finding(
                        "CITES",
                        ("initiative", entity.name),
                        ("regulation", regulation.name),
                        m.start,
                        m.end,
                        "reported",
                        "named-after",
                    )


def _titles(regulation: Entity) -> Iterator[str]:
    aliases = regulation.properties.get("aliases", ())
    names = (regulation.name, *(aliases if isinstance(aliases, tuple) else ()))
    return (str(n) for n in names if len(str(n)) >= _SHORTEST_TITLE)


def _tie(text: str, clause: Clause, regulation: Mention) -> str:
    """How the words around a document tie what follows to it; empty when they do not."""
    before = text[max(clause.start, regulation.start - _WINDOW) : regulation.start]
    if _BASIS.search(before):
        return "run-by"
    if _GRANTS.match(text, regulation.end):
        return "granted-by"
    return "made-with" if _MADE.search(before) else ""


def _share_matter(title: str, name: str) -> bool:
    """Whether two names have a pair of characters in common that is no mere form word."""
    pairs = {title[i : i + 2] for i in range(len(title) - 1)} - _FORM_WORDS
    return any(name[i : i + 2] in pairs for i in range(len(name) - 1))


def _held(clause: Clause, after: int) -> Iterator[Mention]:
    """Mechanisms and initiatives of the clause within reach after an offset."""
    for m in clause.mentions[bisect_left(clause.mentions, after, key=lambda m: m.start) :]:
        if m.start > after + _WINDOW:
            return
        if m.kind in ("mechanism", "initiative"):
            yield m


def _finding(
    clause: Clause, holder: Clause, regulation: Mention, mention: Mention, rule: str
) -> Finding:
    return Finding(
        "CITES",
        (mention.kind, mention.name),
        ("regulation", regulation.name),
        clause.start,
        holder.end,
        "reported",
        rule,
    )
