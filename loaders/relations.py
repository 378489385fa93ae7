"""Who does what: statements that tie the entities of a report."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.document import Document
from loaders.entities import Entity, Statement
from loaders.heading import Heading


def find_statements(doc: Document, heading: Heading, entities: Sequence[Entity]) -> list[Statement]:
    """Find the edges that a report states, sorted by type, source and target."""
    return []
