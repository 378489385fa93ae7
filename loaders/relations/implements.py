"""IMPLEMENTS: a body sets up, runs, improves or applies a mechanism or initiative.

Reports are written to say what their unit does, so naming a mechanism in a
clause is saying that the clause's actor applies it; what is missing or still to
come is told by the clause's status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.actors import agency_runs, tries_out
from loaders.clauses import Clause, Role
from loaders.cues import alternation
from loaders.document import Document
from loaders.entities import Mention
from loaders.heading import Heading
from loaders.relations.finding import Act, Finding
from loaders.relations.matter import share_matter

_PRACTICES = ("mechanism", "initiative")
_ACTS: dict[str, Act] = {"sets_up": "sets up", "improves": "improves", "runs": "runs"}
_VERB = re.compile("|".join(f"(?P<{group}>{alternation(f'act_{group}')})" for group in _ACTS))
_TAKE_PART = re.compile(
    r"等?(?:\d+[余多]?[家个]|多[家个]|有关|相关)?(?:部门|单位|机关)?(?:共同|协同|全程|积极|联合)?(?:参与|参加|配合)"
)
"""Behind bodies that only take part."""
_SET_UP_BY = re.compile(
    r"(?:在[^，。；]{1,10}?)?(?:统一|牵头|联合)?(?:设立|建立|开设|搭建|建设|开发|打造)的"
)
"""Between a body and what it has set up."""
_LEADS = re.compile(
    r"(?:等?(?:\d+|多)?[家个]?(?:部门|单位))?(?:总)?(?:牵头|主办|统筹)(?:负责|抓总|组织|协调|实施|落实|推进)*"
)
"""Behind a body that leads: 由区司法局|牵头."""
_WITH = ("与", "同", "和")
_REACH = 24  # characters between a verb and the mechanism that it is about


def find_implements(
    doc: Document, heading: Heading, clauses: Sequence[Clause]
) -> Iterator[Finding]:
    """Yield a finding for each actor and each mechanism or initiative of a clause."""
    last: Clause | None = None
    for clause in clauses:
        told = list(_joining(doc.text, last, clause))
        yield from told
        if told and not any(m.kind in _PRACTICES for m in clause.mentions):
            continue  # 由甲局牵头，乙局参与: who takes part may be told in several clauses
        last = clause
        for m in clause.mentions:
            if m.kind not in _PRACTICES:
                continue
            act = _act(doc.text, clause, m)
            if owner := _owner(doc.text, clause, m):
                actors: Sequence[tuple[str, Role]] = ((owner.name, ""),)
            else:
                actors = tuple(zip(clause.actors, clause.roles, strict=True))
                if maker := _maker(doc.text, clause, m):
                    actors = tuple(dict.fromkeys((*actors, (maker.name, ""))))
            for actor, role in actors:
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


def _owner(text: str, clause: Clause, mention: Mention) -> Mention | None:
    """Whose practice a name says that it is: 阜桥街道的“红色网格员”工作法.

    None for one with others, 与甲局、乙局的协同机制, which is the unit's.
    """
    if text[mention.start - 1 : mention.start] != "的":
        return None
    runs = agency_runs(text, clause.mentions)
    run = next((run for run in runs if run[-1].end == mention.start - 1), None)
    if run is None or len(run) > 1 or text[run[0].start - 1 : run[0].start] in _WITH:
        return None
    return run[0]


def _maker(text: str, clause: Clause, mention: Mention) -> Mention | None:
    """Who has set up what the actor uses: 依托区法院在街道设立的诉源治理工作站."""
    before = (m for m in clause.mentions if m.kind == "agency" and m.end <= mention.start)
    last = max(before, key=lambda m: m.end, default=None)
    return last if last and _SET_UP_BY.fullmatch(text, last.end, mention.start) else None


def _joining(text: str, last: Clause | None, clause: Clause) -> Iterator[Finding]:
    """Who takes part in what the clause before names.

    甲局牵头建立…，乙局、丙局等8家单位参与; 建立…，由甲局牵头; 推行…，在甲局、乙局先行试点;
    or who carries it out: 落实公平竞争审查制度，甲局审查政策措施312件.
    """
    bodies = [m for m in clause.mentions if m.kind == "agency"]
    begin = clause.start + text.startswith(("由", "在"), clause.start)
    if last is None or not bodies or bodies[0].start != begin:
        return
    alone = len(bodies) == len(clause.mentions)
    if text.startswith("在", clause.start):
        takes_part = alone and tries_out(text, bodies[-1].end, clause.end)
    else:
        takes_part = bool(_TAKE_PART.fullmatch(text, bodies[-1].end, clause.end))
    leads = alone and begin > clause.start
    leads = leads and bool(_LEADS.fullmatch(text, bodies[-1].end, clause.end))
    if not (takes_part or leads) and (not alone or any(m.kind == "agency" for m in last.mentions)):
        return
    given = takes_part or begin > clause.start
    names = [m.name for m in bodies] if given else clause.subjects
    said = text[bodies[-1].end : clause.end]
    rule: tuple[str, Role] = ("carries-out", "")
    if takes_part or leads:
        rule = ("takes-part", "joins") if takes_part else ("led-by", "leads")
    for m in last.mentions:
        if m.kind in _PRACTICES and (takes_part or leads or share_matter(said, m.surface, least=1)):
            for name in names:
                yield Finding(
                    "IMPLEMENTS",
                    ("agency", name),
                    (m.kind, m.name),
                    last.start,
                    clause.end,
                    clause.status,
                    *rule,
                    _act(text, last, m),
                )


def _act(text: str, clause: Clause, mention: Mention) -> Act:
    """What is done: by the last verb before the name, else the first after it."""
    before = list(_VERB.finditer(text, max(clause.start, mention.start - _REACH), mention.start))
    verb = before[-1] if before else _VERB.search(text, mention.end, clause.end)
    return _ACTS[str(verb.lastgroup)] if verb else ""
