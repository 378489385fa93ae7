"""Ways out as a page of the documentation: ``python -m graph.exports_page > docs/exports.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from graph.exports import Format, find_formats
from graph.schema import EDGE_TYPES, NODE_TYPES, RDF_PREFIXES

_HEAD = """# Exports

`govmech export FORMAT -o PATH` writes the graph out, `govmech export --list` names the formats.
This page is written from their modules in `graph/exports/`. Every format streams; the same graph
gives the same bytes; a file is written beside its target and renamed when it is whole. What a
format could not hold is said when it is written, with numbers.

`--mechanism`, `--place`, `--years` and `--question` write a part of the graph: the relationships
that the part selects, the nodes at their ends, the reports that state them, and the places that
the nodes lie in. `--years 2020-2023` keeps what reports of these years say, `--place` what reports
of a place and of all that lies in it say, `--mechanism` what is said of one mechanism, and
`--question NAME --param name=value` all relationships among the nodes of an answer.
"""

_RDF = """## RDF

`turtle` and `json-ld` hold the same triples; the classes and properties are these. Whatever no
public vocabulary has is in `gm:`. ELI comes from the European Union; here it names Chinese
regulations. A relationship is a plain triple and a `rdf:Statement`; what is only planned or
lacking has no plain triple. Each clause behind a statement is an `oa:Annotation` whose target is a
span of the report: `oa:TextQuoteSelector` has the words, `oa:TextPositionSelector` the offsets in
code points. Every IRI is `urn:govmech:` and the node's id, percent-encoded.

[shapes.ttl](shapes.ttl) has SHACL shapes, written from the same schema, that every export
conforms to: `pyshacl -s docs/shapes.ttl graph.ttl`.
"""


def exports_page() -> str:
    """The page in Markdown, the same for the same formats and schema."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    for format_ in find_formats().values():
        yield from _format(format_)
    yield _RDF
    yield "| in the graph | in RDF |\n| --- | --- |"
    for node in NODE_TYPES:
        yield f"| {node.label} | `{node.rdf}`, `gm:{node.label}` |"
    for edge in EDGE_TYPES:
        turned = edge.rdf.startswith("^")
        yield f"| {edge.type} | `{edge.rdf.strip('^')}`{', from target to source' * turned} |"
    yield "\n| prefix | namespace |\n| --- | --- |"
    for prefix, namespace in RDF_PREFIXES.items():
        yield f"| `{prefix}` | `{namespace}` |"


def _format(format_: Format) -> Iterator[str]:
    yield f"## {format_.name}\n"
    kind = f"A file, `{format_.suffix}`" if format_.suffix else "A folder"
    yield f"{kind}. {format_.about}.\n"
    yield (
        f"Cannot hold: {format_.cannot[0].lower()}{format_.cannot[1:]}\n"
        if (format_.cannot)
        else "Holds everything.\n"
    )


if __name__ == "__main__":
    sys.stdout.write(exports_page())
