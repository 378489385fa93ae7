"""Clauses of a sentence, and who acts in each.

Chinese drops the subject freely. A clause's actor is the body named at its head,
else the actor of the clause before it in the same sentence, else the reporting
unit; a new sentence starts from the unit again (ANNOTATION.md, Cases settled).
Bodies that the subject works with, or has do something, act as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.model import Status
from loaders.cues import adverbial_prefix, alternation
from loaders.document import Document, Passage
from loaders.entities import Mention

_BREAK = re.compile(
    r"“[^”]{0,80}”|《[^》]{0,120}》|[（(][^（()）]{0,60}[）)]"
    r"|(?:[，；;：:。！!？?]|,(?!(?<=\d,)\d{3}(?!\d)))"
)
_BETWEEN_ACTORS = re.compile(r"[、和与及]|以及|等|\d*(?:个|家)?(?:部门|单位)?")
_STAND_IN = re.compile(rf"(?:{alternation('stand_ins')})")
_WITH = re.compile(rf"(?:{alternation('with')})$")
_CAUSES = re.compile(rf"(?:{alternation('causes')})$")
_LONGEST_CUE = 8  # characters that may stand before an agency and give it its role
_POST = re.compile(alternation("posts"))
_PRONOUN = re.compile(r"其|该|它们|他们")
_PLANNED = re.compile(alternation("planned"))
_LACKING = re.compile(alternation("lacking"))


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and who acts in it.

    Args:
        start: First offset in the document's text.
        end: Offset after the last, closing punctuation left out.
        shown_from: Offset from which the actors can be read off the sentence:
            the clause's own start, or that of the clause that names them.
        actors: Canonical names of the agencies that act; empty when nobody knows.
        status: Whether what it says is reported, planned or lacking.
        mentions: Mentions inside, in text order.
    """

    start: int
    end: int
    shown_from: int
    actors: tuple[str, ...]
    status: Status
    mentions: tuple[Mention, ...]


def iter_clauses(
    doc: Document, mentions: Sequence[Mention], unit: str | None
) -> Iterator[list[Clause]]:
    """Cut every passage that mentions something into clauses, one list a passage.

    Args:
        doc: The document that the mentions point into.
        mentions: Sorted by offset, not overlapping.
        unit: Canonical name of the reporting unit, where it is known.
    """
    starts = [m.start for m in mentions]
    for passage in doc.passages:
        first, last = bisect_left(starts, passage.start), bisect_left(starts, passage.end)
        if first < last:
            yield cut_clauses(doc, passage, mentions[first:last], unit)


def cut_clauses(
    doc: Document, passage: Passage, mentions: Sequence[Mention], unit: str | None
) -> list[Clause]:
    """Cut one passage into clauses.

    Args:
        doc: The document.
        passage: One of its passages.
        mentions: Those inside the passage, sorted by offset.
        unit: Canonical name of the reporting unit, where it is known.
    """
    clauses: list[Clause] = []
    subject: tuple[str, ...] = (unit,) if unit else ()
    subject_from: int | None = None
    delegates: tuple[str, ...] = ()
    delegates_from = passage.start
    starts = [m.start for m in mentions]
    for start, end in _spans(doc.text, passage):
        inside = tuple(mentions[bisect_left(starts, start) : bisect_left(starts, end)])
        roles = _roles(doc.text, start, inside)
        if roles.subjects:
            subject, subject_from = tuple(roles.subjects), start
        if roles.delegates:
            delegates, delegates_from = tuple(roles.delegates), start
        elif not _PRONOUN.search(doc.text, start, end):
            delegates = ()
        actors = tuple(dict.fromkeys((*(delegates or subject), *roles.partners)))
        shown = delegates_from if delegates else start if subject_from is None else subject_from
        status = _status(doc, passage, doc.text[start:end], clauses)
        clauses.append(Clause(start, end, shown, actors, status, inside))
    return clauses


def _spans(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    start = passage.start
    for match in _BREAK.finditer(text, passage.start, passage.end):
        if len(match.group()) == 1:
            if match.start() > start:
                yield start, match.start()
            start = match.end()
    if start < passage.end:
        yield start, passage.end


@dataclass(slots=True)
class _Roles:
    """Agencies of one clause: who acts, who acts beside it, who is made to act."""

    subjects: list[str]
    partners: list[str]
    delegates: list[str]


def _roles(text: str, start: int, mentions: Sequence[Mention]) -> _Roles:
    head = adverbial_prefix(text, start)
    roles = _Roles([], [], [])
    joins: list[str] | None = None
    reach = head
    for m in mentions:
        if m.kind != "agency" or m.start < head:
            continue
        before = text[max(head, m.start - _LONGEST_CUE) : m.start]
        if joins is None or not _BETWEEN_ACTORS.fullmatch(text, reach, m.start):
            joins = (
                roles.subjects
                if not before
                else roles.delegates
                if _CAUSES.search(before)
                else roles.partners
                if _WITH.search(before)
                else None
            )
        reach = m.end
        if joins is not None and not _is_qualifier(text, m):
            joins.append(m.name)
    return roles


def _is_qualifier(text: str, mention: Mention) -> bool:
    """Whether it only qualifies a noun, a title or a post: 区政府的…, 国务院《…》, 市委书记."""
    if text.startswith("的", mention.end):
        return not _STAND_IN.match(text, mention.end + 1)
    return text.startswith(("《", "〈"), mention.end) or bool(_POST.match(text, mention.end))


def _status(doc: Document, passage: Passage, clause: str, before: Sequence[Clause]) -> Status:
    part = doc.sections[passage.section].part
    if part == "shortcomings" or _LACKING.search(clause):
        return "lacking"
    if part == "plans" or _PLANNED.search(clause):
        return "planned"
    if before and before[-1].status == "planned":
        return "planned"
    return "reported"
