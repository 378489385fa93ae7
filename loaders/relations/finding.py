"""One place in the text that states one edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.model import Status
from loaders.clauses import Role
from loaders.entities import Kind, StatementType

Act = Literal["", "sets up", "improves", "runs"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in the text that states one edge.

    Args:
        type: Relationship type.
        source: Entity kind and canonical name.
        target: Likewise.
        start: First offset of the clause that shows it.
        end: Offset after the last.
        status: Whether it is reported, planned or lacking.
        rule: Name of the rule that found it.
        role: Of IMPLEMENTS: what the source is among those who act.
        act: Of IMPLEMENTS: what it does.
    """

    type: StatementType
    source: tuple[Kind, str]
    target: tuple[Kind, str]
    start: int
    end: int
    status: Status
    rule: str
    role: Role = ""
    act: Act = ""
