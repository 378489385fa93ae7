"""The pipeline: a document in, everything that it says out.

Each step reads the document, who reports, and what earlier steps found; none
changes what an earlier step produced. Titles of documents come first because
the names inside them are not mentions of their own.
"""

from __future__ import annotations

from dataclasses import replace

from graph.model import Evidence
from loaders.agencies import find_agencies, resolve_agencies
from loaders.clauses import Clauses
from loaders.document import Document
from loaders.entities import Extraction, Measure, Mention
from loaders.heading import Heading, find_heading
from loaders.initiatives import find_initiatives, resolve_initiatives
from loaders.measures import find_measures
from loaders.mechanisms import find_mechanisms, resolve_mechanisms
from loaders.regulations import find_regulations, resolve_regulations
from loaders.relations import find_statements
from loaders.titles.issuers import RULE as TITLE_ISSUER
from loaders.titles.issuers import find_title_issuers
from loaders.widths import even_width


def extract_document(doc: Document) -> Extraction:
    """Read one report.

    Args:
        doc: The report's text with sections and passages.
    Returns:
        Entities with every mention, and statements with every piece of evidence;
        the same for the same text, whatever was read before.
    """
    heading = find_heading(doc)
    even = replace(doc, text=even_width(doc.text))
    read = _extract(even, heading)
    return read if even.text == doc.text else _as_printed(read, doc)


def _as_printed(read: Extraction, doc: Document) -> Extraction:
    """The same with every wording as it stands in the document."""
    text = doc.text

    def mention(m: Mention) -> Mention:
        surface = text[m.start : m.end]
        if surface == m.surface:
            return m
        return replace(m, surface=surface, parts=tuple(map(mention, m.parts)))

    def piece(e: Evidence) -> Evidence:
        clause = text[e.start : e.end]
        return e if clause == e.text else replace(e, text=clause)

    def measure(m: Measure) -> Measure:
        at = read.document.text.index(m.wording, m.start, m.end)
        return replace(m, wording=text[at : at + len(m.wording)])

    return replace(
        read,
        document=doc,
        entities=tuple(replace(e, mentions=tuple(map(mention, e.mentions))) for e in read.entities),
        statements=tuple(
            replace(s, evidence=tuple(map(piece, s.evidence))) for s in read.statements
        ),
        measures=tuple(map(measure, read.measures)),
    )


def _extract(doc: Document, heading: Heading) -> Extraction:
    """Read a report whose characters are of even width."""
    regulations = find_regulations(doc, heading, ())
    agencies = find_agencies(doc, heading, regulations)
    initiatives = find_initiatives(doc, heading, (*regulations, *agencies))
    mechanisms = find_mechanisms(doc, heading, (*regulations, *agencies, *initiatives))
    # Last of all: titles are texts of their own, and what was found in this one is kept once.
    issuers = find_title_issuers(doc, heading, regulations)
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
