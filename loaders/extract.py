"""The pipeline: a document in, everything that it says out.

Each step reads the document, who reports, and what earlier steps found; none
changes what an earlier step produced. Titles of documents come first because
the names inside them are not mentions of their own.
"""

from __future__ import annotations

from dataclasses import replace

from loaders.agencies import find_agencies, resolve_agencies
from loaders.clauses import Clauses
from loaders.document import Document
from loaders.entities import Extraction, Mention
from loaders.heading import Heading, find_heading
from loaders.initiatives import find_initiatives, resolve_initiatives
from loaders.measures import find_measures
from loaders.mechanisms import find_mechanisms, resolve_mechanisms
from loaders.punctuation import full_marks
from loaders.regulations import find_regulations, resolve_regulations
from loaders.relations import find_statements
from loaders.titles.issuers import RULE as TITLE_ISSUER
from loaders.titles.issuers import find_title_issuers


def extract_document(doc: Document) -> Extraction:
    """Read one report.

    Args:
        doc: The report's text with sections and passages.
    Returns:
        Entities with every mention, and statements with every piece of evidence;
        the same for the same text, whatever was read before.
    """
    heading = find_heading(doc)
    marked = full_marks(doc.text)
    if marked != doc.text:
        return _as_printed(_extract(replace(doc, text=marked), heading), doc)
    return _extract(doc, heading)


def _as_printed(read: Extraction, doc: Document) -> Extraction:
    """The same with every wording as it stands in the document."""
    entities = tuple(
        replace(entity, mentions=tuple(_printed(m, doc.text) for m in entity.mentions))
        for entity in read.entities
    )
    statements = tuple(
        replace(
            statement,
            evidence=tuple(replace(e, text=doc.text[e.start : e.end]) for e in statement.evidence),
        )
        for statement in read.statements
    )
    return replace(read, document=doc, entities=entities, statements=statements)


def _printed(mention: Mention, text: str) -> Mention:
    parts = tuple(_printed(part, text) for part in mention.parts)
    return replace(mention, surface=text[mention.start : mention.end], parts=parts)


def _extract(doc: Document, heading: Heading) -> Extraction:
    """Read a report whose marks are full-width."""
    regulations = find_regulations(doc, heading, ())
    agencies = find_agencies(doc, heading, regulations)
    issuers = find_title_issuers(doc, heading, regulations)
    initiatives = find_initiatives(doc, heading, (*regulations, *agencies))
    mechanisms = find_mechanisms(doc, heading, (*regulations, *agencies, *initiatives))
    entities = (
        *resolve_agencies(sorted((*agencies, *issuers)), doc, heading),
        *resolve_regulations(regulations, doc, heading),
        *resolve_mechanisms(mechanisms, doc, heading),
        *resolve_initiatives(initiatives, doc, heading),
    )
    acting = (m for e in entities for m in e.mentions if m.rule != TITLE_ISSUER)
    clauses = Clauses(doc, sorted(acting), heading)
    statements = find_statements(doc, heading, entities, clauses)
    measures = find_measures(doc, heading, clauses)
    return Extraction(doc, heading, entities, tuple(statements), tuple(measures))
