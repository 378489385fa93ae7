"""What a report names and says: mentions, entities, statements.

The finders (:mod:`loaders.agencies`, :mod:`loaders.regulations`,
:mod:`loaders.mechanisms`, :mod:`loaders.initiatives`) produce mentions and
resolve them to entities; :mod:`loaders.relations` produces statements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from graph.model import Evidence, Value
from loaders.document import Document
from loaders.heading import Heading

Kind = Literal["agency", "regulation", "mechanism", "initiative"]
KINDS: tuple[Kind, ...] = ("agency", "regulation", "mechanism", "initiative")


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A surface form at a span.

    Args:
        start: First offset in the document's text.
        end: Offset after the last; ``text[start:end] == surface``.
        surface: The wording as printed.
        kind: What it names.
        name: Canonical name of the entity that it names: 我办 → 北京市信访办公室.
        rule: Name of the rule that found it.
        parts: Of a coordination, which names several things with one head noun
            (领导包案和会前学法制度), a mention of each; of such a thing alone, beside the
            coordination, that; empty for all others.
    """

    start: int
    end: int
    surface: str
    kind: Kind
    name: str
    rule: str
    parts: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """An agency, regulation, mechanism or initiative of one report.

    Args:
        kind: What it is.
        name: Canonical name, unique in its kind.
        mentions: Every mention, in text order; never empty.
        also: Other full names that are just as right.
        properties: Node properties of its label in :mod:`graph.schema`, a
            function of the name alone.
    """

    kind: Kind
    name: str
    mentions: tuple[Mention, ...]
    also: tuple[str, ...] = ()
    properties: Mapping[str, Value] = field(default_factory=dict)


StatementType = Literal["IMPLEMENTS", "REPORTS_TO", "ISSUES", "CITES"]


@dataclass(frozen=True, slots=True)
class Statement:
    """An edge that the report states, with every clause that states it.

    Args:
        type: Relationship type.
        source: Entity kind and canonical name.
        target: Likewise.
        evidence: In text order; never empty.
        role: Of IMPLEMENTS: ``leads``, ``joins``, ``guided``; empty where it acts alone.
            Role and act are those of the first clause with the best status.
        act: Of IMPLEMENTS: ``sets up``, ``improves``, ``runs``; empty when the verb is none.
    """

    type: StatementType
    source: tuple[Kind, str]
    target: tuple[Kind, str]
    evidence: tuple[Evidence, ...]
    role: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Measure:
    """A number with what it counts: 立案受理复查复核案件434件, 办结率100%.

    Args:
        start: First offset of the clause that states it.
        end: Offset after the last.
        indicator: What is measured, as worded: 立案受理复查复核案件, 办结率.
        value: The number, 万 and 亿 multiplied out; percentages as 61.8, not 0.618.
        unit: Measure word: 件, 人次, %, 个百分点, 万元 …; 万 and 亿 of money stay here.
        wording: The number as printed, with 余, 近 and the like: 2.1万余人次.
        comparison: What it is a change against (同比上升); empty for a level.
        year: Year that it is of; None when nobody knows.
        about: Entity kind and canonical name, the nearest mechanism or initiative
            of the clause, else the body that acts; None when nobody knows.
        upper: Upper end where the number is a range, of which ``value`` is the lower.
        change: ``value`` with a sign, below zero for a decrease; None for a level.
        of: Indicator of the total that it is a part or a rate of; empty for neither.
    """

    start: int
    end: int
    indicator: str
    value: float
    unit: str
    wording: str
    comparison: str = ""
    year: int | None = None
    about: tuple[Kind, str] | None = None
    upper: float | None = None
    change: float | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one report.

    Args:
        document: The text.
        heading: Who reports, on which year and place.
        entities: By kind in the order of :data:`KINDS`, then by first mention.
        statements: Sorted by type, source and target.
        measures: In text order.
    """

    document: Document
    heading: Heading
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    measures: tuple[Measure, ...] = ()

    def of_kind(self, kind: Kind) -> tuple[Entity, ...]:
        """The entities of one kind."""
        return tuple(e for e in self.entities if e.kind == kind)
