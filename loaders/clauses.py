"""Clauses of a sentence, and who acts in each.

Chinese drops the subject freely. A clause's actor is the body named at its head,
else the actor of the clause before it in the same sentence, else the reporting
unit; a new sentence starts from the unit again (ANNOTATION.md, Cases settled).
Bodies that the subject works with, or has do something, act as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.model import Status
from loaders.actors import read_roles, with_own_unit
from loaders.cues import adverbial_prefix
from loaders.document import Document, Passage
from loaders.entities import Mention
from loaders.heading import Heading
from loaders.status import find_turns, status_of

_BREAK = re.compile(
    r"“[^”]{0,80}”|《[^》]{0,120}》|[（(][^（()）]{0,60}[）)]"
    r"|(?:[，；;：:。！!？?]|,(?!(?<=\d,)\d{3}(?!\d)))"
)
_ENUMERATOR = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]\s*|[一二三四五六七八九十]{1,3}[、是]|\d{1,2}[.．、]\s*(?!\d)"
)
_WITH_US = re.compile(
    r"[与同和会](?P<us>街道|[我本][省市区县镇乡街局办委院厅])(?:联合|共同|协同|合作)"
)
_PRAISED = re.compile(
    r"对[^，。；]{2,40}?(?:予以|给予|作出|做出|表示)(?:了)?(?:充分|高度|批示|一致)*(?:肯定|认可|赞扬|表扬|好评)"
)
"""What others praise is the unit's own: 省信访局对“三色预警”予以肯定."""
_SEATED = re.compile(r"办公室设[在于]")
"""Where an office sits: what follows tells of the unit (领导小组办公室设在法规科，印发《…》)."""
_PRINTS = re.compile(r"(?:印发|下发|转发|发布)[^，。；]{0,8}《")
Role = Literal["", "leads", "joins", "guided"]

_LONGEST_CLAUSE = 600  # characters; what is done for each pair in a clause stays bounded
_PRONOUN = re.compile(r"其|该|它们|他们")
_OUTCOME = re.compile(r"并?形成")
"""What those make who were told to: 指导甲局、乙局梳理…，形成清单."""
_SETS_UP = re.compile(r"(?:建立|健全|构建|形成|推行|实行|开展|明确)")
_CLASS = re.compile(
    r"(?:全[省市区县旗镇]的?)?\d+余?[个家](?:部门|单位|乡镇|镇街|镇|街道|村|社区|企业)"
)
"""Who acts without a name, in whose clause the body named before does not: 22个部门开展…."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and who acts in it.

    Args:
        start: First offset in the document's text.
        end: Offset after the last, closing punctuation left out.
        shown_from: Offset from which the actors can be read off the sentence:
            the clause's own start, or that of the clause that names them.
        subjects: Canonical names of its grammatical subjects, carried over where it has
            none of its own; empty when nobody knows.
        actors: Canonical names of all that act: subjects and those beside them, or
            those whom the subject has act.
        roles: What each of the actors is, in their order: ``leads``, ``joins``,
            ``guided``, or empty where it acts alone.
        status: Whether what it says is reported, planned or lacking.
        mentions: Mentions inside, in text order.
    """

    start: int
    end: int
    shown_from: int
    subjects: tuple[str, ...]
    actors: tuple[str, ...]
    roles: tuple[Role, ...]
    status: Status
    mentions: tuple[Mention, ...]


class Clauses:
    """The clauses of a document; a passage is cut when it is first asked for, and once.

    Args:
        doc: The document that the mentions point into.
        mentions: Sorted by offset, not overlapping.
        heading: Who reports, on which year.
    """

    def __init__(self, doc: Document, mentions: Sequence[Mention], heading: Heading) -> None:
        self.doc = doc
        self.mentions = mentions
        self.heading = heading
        self._turns = find_turns(doc, heading.year)
        self._cut: dict[int, list[Clause]] = {}

    def of_passages(
        self, wanted: Callable[[Passage, Sequence[Mention]], bool]
    ) -> Iterator[list[Clause]]:
        """Clauses of passages in text order, one list a passage.

        Args:
            wanted: Tells from a passage and the mentions in it whether to cut it.
        """
        starts = [m.start for m in self.mentions]
        for number, passage in enumerate(self.doc.passages):
            first, after = bisect_left(starts, passage.start), bisect_left(starts, passage.end)
            inside = self.mentions[first:after]
            if wanted(passage, inside):
                if number not in self._cut:
                    self._cut[number] = _cut(self.doc, passage, inside, self.heading, self._turns)
                yield self._cut[number]


def _cut(
    doc: Document,
    passage: Passage,
    mentions: Sequence[Mention],
    heading: Heading,
    turns: Mapping[int, int],
) -> list[Clause]:
    """Clauses of one passage; subjects carry over from one to the next."""
    text = doc.text
    subject: tuple[str, ...] = (heading.unit,) if heading.unit else ()
    subject_from: int | None = None
    delegates: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    last_partners: tuple[str, ...] = ()
    named_from = passage.start
    status: Status | None = None
    starts = [m.start for m in mentions]
    clauses: list[Clause] = []
    for start, end in _bounded(_spans(text, passage), mentions):
        inside = tuple(mentions[bisect_left(starts, start) : bisect_left(starts, end)])
        roles = read_roles(text, start, end, inside)
        if roles.subjects:
            subject, subject_from = tuple(roles.subjects), start
        elif subject_from is not None and (
            _is_subject(text, start, end, inside) or _CLASS.match(text, start, end)
        ):
            subject, subject_from = (heading.unit,) if heading.unit else (), None
        if roles.delegates:
            delegates, named_from = tuple(roles.delegates), start
        elif delegates and not (_PRONOUN.search(text, start, end) or _OUTCOME.match(text, start)):
            delegates = ()
        if roles.partners:
            partners, named_from = tuple(roles.partners), start
        elif last_partners and not partners and _goes_on_jointly(text, start, inside, clauses[-1]):
            partners = last_partners
        if (
            heading.unit
            and heading.unit not in subject
            and _with_us(text, start, end, heading.unit)
        ):
            partners, named_from = (*partners, heading.unit), start
        if heading.unit and _PRAISED.search(text, start, end):
            subject, subject_from, partners = (heading.unit,), None, ()
        shown = start if subject_from is None else subject_from
        actors = delegates or with_own_unit(subject, heading)
        if delegates or partners:
            actors = tuple(dict.fromkeys((*actors, *partners)))
            shown = min(shown, named_from)
        status = status_of(doc, passage, (start, end), heading.year, turns, status)
        parts = _roles(actors, partners, delegates, roles.leaders)
        clauses.append(Clause(start, end, shown, subject, actors, parts, status, inside))
        last_partners = partners
        if not roles.announced:
            partners = ()
        if (
            heading.unit
            and subject_from is not None
            and (
                _SEATED.search(text, start, end)
                or _only_prints(text, start, end, subject, heading.unit)
            )
        ):
            subject, subject_from = (heading.unit,), None
    return clauses


def _goes_on_jointly(text: str, start: int, mentions: Sequence[Mention], before: Clause) -> bool:
    """Whether those who acted together act on: 会同甲局建立…，联合印发《…》.

    Or carry out what they made: 与甲局联合制定《…》，建立….
    """
    if any(m.kind == "agency" for m in mentions):
        return False
    if text.startswith(("联合", "共同"), start):
        return True
    made = {m.kind for m in before.mentions}
    return "regulation" in made <= {"regulation", "agency"} and bool(_SETS_UP.match(text, start))


def _only_prints(text: str, start: int, end: int, subject: Sequence[str], unit: str) -> bool:
    """Whether the unit's own office sends out a document, which the unit then carries out.

    市政府办公室印发《…程序规定》，实行目录管理: the second clause tells of the government.
    """
    own = (f"{unit}办公室", f"{unit}办公厅")
    return all(name in own for name in subject) and bool(_PRINTS.search(text, start, end))


def _with_us(text: str, start: int, end: int, unit: str) -> bool:
    """Whether another body acts together with the unit: 区城管局与街道联合开展…."""
    match = _WITH_US.search(text, start, end)
    return match is not None and (match["us"] != "街道" or "街道" in unit)


def _is_subject(text: str, start: int, end: int, mentions: Sequence[Mention]) -> bool:
    """Whether a mechanism opens a clause that says what became of it: it is the unit's own.

    镇便民服务中心运行规范，“渝快办”通道开到了村: the second clause tells of the town.
    """
    head = adverbial_prefix(text, start)
    first = next((m for m in mentions if m.start >= head), None)
    return (
        first is not None
        and first.start == head
        and first.kind in ("mechanism", "initiative")
        and first.end < end
        and text[first.end] not in "、和与及"
    )


def _bounded(
    spans: Iterator[tuple[int, int]], mentions: Sequence[Mention]
) -> Iterator[tuple[int, int]]:
    """Cut what no one would call a clause, but never inside a mention."""
    starts = [m.start for m in mentions]
    for first, end in spans:
        start = first
        while end - start > _LONGEST_CLAUSE:
            cut = start + _LONGEST_CLAUSE
            before = bisect_left(starts, cut) - 1
            if before >= 0:
                cut = max(cut, mentions[before].end)
            yield start, min(cut, end)
            start = min(cut, end)
        if start < end:
            yield start, end


def _roles(
    actors: Sequence[str], partners: Sequence[str], delegates: Sequence[str], leaders: Sequence[str]
) -> tuple[Role, ...]:
    """What each actor is: a leader that is named leaves the others to join."""
    named = set(leaders) & set(actors)
    found: list[Role] = []
    for actor in actors:
        if actor in named:
            found.append("leads")
        elif actor in delegates:
            found.append("guided")
        elif actor in partners or named:
            found.append("joins")
        else:
            found.append("leads" if partners and not delegates else "")
    return tuple(found)


def _spans(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    opening = _ENUMERATOR.match(text, passage.start, passage.end)
    start = opening.end() if opening else passage.start
    for match in _BREAK.finditer(text, passage.start, passage.end):
        if len(match.group()) == 1:
            if match.start() > start:
                yield start, match.start()
            start = match.end()
    if start < passage.end:
        yield start, passage.end
