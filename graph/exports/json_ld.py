"""JSON-LD, the same RDF as Turtle for programs that read JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.exports._json import dumps, write_array
from graph.exports._rdf import LOSSES, Iri, Literal, Resource, iter_resources
from graph.schema import RDF_PREFIXES
from graph.view import GraphView

NAME = "json-ld"
ABOUT = "RDF in JSON-LD 1.1, the same triples as turtle; lists lose their order"
CANNOT = (
    "The order of lists of a node (aliases, issuers) and values that stand there twice; empty"
    " lists."
)
FILE_SUFFIX = ".jsonld"


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write the context, then one object a line; see :mod:`graph.exports`."""
    with out.open("x", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"@context": {dumps(RDF_PREFIXES)},\n"@graph": ')
        write_array(file, _objects(view))
        file.write("}\n")
    return LOSSES


def _objects(view: GraphView) -> Iterator[dict[str, object]]:
    for resource in iter_resources(view):
        yield _object(resource)


def _object(resource: Resource) -> dict[str, object]:
    iri, facts = resource
    found: dict[str, list[object]] = {}
    for name, value in facts:
        if name == "rdf:type" and isinstance(value, Iri):
            found.setdefault("@type", []).append(value.text)
        else:
            found.setdefault(name, []).append(_value(value))
    return {"@id": iri, **found}


def _value(value: Iri | Literal) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"@id": value.text}
    if value.lang:
        return {"@value": value.text, "@language": value.lang}
    if value.datatype:
        return {"@value": value.text, "@type": value.datatype}
    return {"@value": value.text}
