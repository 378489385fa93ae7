"""Turtle, for SPARQL stores: W3C ORG, SKOS, ELI, PROV-O and Web Annotation."""

from __future__ import annotations

import re
from pathlib import Path

from graph.exports._rdf import BASE, LOSSES, Iri, Literal, iter_resources
from graph.schema import RDF_PREFIXES
from graph.view import GraphView

NAME = "turtle"
ABOUT = "RDF in Turtle for SPARQL stores, evidence as Web Annotations; lists lose their order"
CANNOT = (
    "The order of lists of a node (aliases, issuers) and values that stand there twice; empty"
    " lists."
)
FILE_SUFFIX = ".ttl"

_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\ufffe\uffff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write one block a resource, no blank nodes; see :mod:`graph.exports`."""
    with out.open("x", encoding="utf-8", newline="\n") as file:
        for prefix, namespace in RDF_PREFIXES.items():
            file.write(f"@prefix {prefix}: <{namespace}> .\n")
        for iri, facts in iter_resources(view):
            lines = (f"{name} {_object(value)}" for name, value in facts)
            file.write(f"\n<{iri}>\n    " + " ;\n    ".join(lines) + " .\n")
    return LOSSES


def _object(value: Iri | Literal) -> str:
    if isinstance(value, Iri):
        return f"<{value.text}>" if value.text.startswith(BASE) else value.text
    quoted = f'"{_ESCAPED.sub(_escape, value.text)}"'
    if value.lang:
        return f"{quoted}@{value.lang}"
    return f"{quoted}^^{value.datatype}" if value.datatype else quoted


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}"
