"""Ways out as a page of the documentation: ``python -m graph.exports_page > docs/exports.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from graph.exports import Format, find_formats
from graph.schema import EDGE_TYPES, NODE_TYPES, RDF_PREFIXES
from graph.view import IDS, PAGE, REPORT_PAGE

_HEAD = """# Exports

`govmech export FORMAT -o PATH` writes the graph out, `govmech export --list` names the formats.
This page is written from their modules in `graph/exports/`. Every format streams; the same graph
gives the same bytes. What a format could not hold is said when it is written, with numbers.

A file or folder is written in a hidden folder beside its target and renamed when it is whole, so
that an export that fails or is stopped leaves what was there before and nothing else; what one
leaves that is killed goes with the next export to the same place. An export during which reports
are loaded is refused at its end, so that no file has parts of two graphs. `--force` replaces a
file, or a folder that has nothing but files of such an export. Links, devices and other folders
are refused.

`--mechanism`, `--place`, `--years` and `--question` write a part of the graph: the relationships
that the part selects, the nodes at their ends, the reports that state them, and the places that
the nodes lie in. `--years 2020-2023` keeps what reports of these years say, `--place` what reports
of a place and of all that lies in it say, `--mechanism` what is said of one mechanism, and
`--question NAME --param name=value` all relationships among the nodes of an answer.
"""

_MEMORY = f"""## Memory

An export holds no more of a large graph than of a small one: {IDS:,} ids, {PAGE:,} nodes or
relationships ({REPORT_PAGE} reports with their texts), and what the table says. An export of a part
holds the ids of the part as well.

`uv run python -m tests.benchmarks.exports --edges 1000000` measures each format. The process also
grows by pages of the graph file, which the embedded engine maps into memory as they are read and
the system takes back when memory is short; the benchmark tells the two apart.

| format | holds beyond that |
| --- | --- |
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
    yield _MEMORY + "\n".join(
        f"| {f.name} | {f.holds or 'nothing'} |" for f in find_formats().values()
    )
    yield f"\n{_RDF}"
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
