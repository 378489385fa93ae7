"""One place in the text that states one edge."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Status
from loaders.entities import Kind, StatementType


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
    """

    type: StatementType
    source: tuple[Kind, str]
    target: tuple[Kind, str]
    start: int
    end: int
    status: Status
    rule: str
