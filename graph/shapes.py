"""SHACL shapes of the RDF exports: ``python -m graph.shapes > docs/shapes.ttl``.

They follow from :mod:`graph.schema`: what every node of a label must have, which
classes a property may join, and that whatever a report states can show its words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from graph.model import STATUSES
from graph.schema import (
    EDGE_TYPES,
    ID,
    NAME,
    NODE_TYPES,
    RDF_PREFIXES,
    EdgeType,
    NodeType,
    Property,
    rdf_term,
)

_HEAD = "# SHACL shapes of the exports to RDF, written from graph/schema.py.\n"
_DATATYPES = {"INTEGER": "xsd:integer", "FLOAT": "xsd:double", "BOOLEAN": "xsd:boolean"}
_EVIDENCE = """
gm:StatementShape a sh:NodeShape ;
    sh:targetClass rdf:Statement ;
    sh:property [ sh:path rdf:subject ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path rdf:predicate ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path rdf:object ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path prov:wasDerivedFrom ; sh:minCount 1 ; sh:class gm:Report ] ;
    sh:property [ sh:path gm:status ; sh:maxCount 1 ; sh:in ( STATUSES ) ] .

gm:StatedShape a sh:NodeShape ;
    sh:targetSubjectsOf gm:status ;
    sh:or (
        [ sh:class gm:Regulation ]
        [ sh:class oa:Annotation ]
        [ sh:property [ sh:path [ sh:inversePath oa:hasBody ] ; sh:minCount 1 ;
                        sh:class oa:Annotation ] ]
    ) .

gm:AnnotationShape a sh:NodeShape ;
    sh:targetClass oa:Annotation ;
    sh:property [ sh:path oa:hasBody ; sh:minCount 1 ; sh:maxCount 1 ; sh:class rdf:Statement ] ;
    sh:property [ sh:path oa:hasTarget ; sh:minCount 1 ; sh:class oa:SpecificResource ] .

gm:SpanShape a sh:NodeShape ;
    sh:targetClass oa:SpecificResource ;
    sh:property [ sh:path oa:hasSource ; sh:minCount 1 ; sh:maxCount 1 ; sh:class gm:Report ] ;
    sh:property [ sh:path ( oa:hasSelector oa:exact ) ; sh:minCount 1 ; sh:maxCount 1 ] ;
    sh:property [ sh:path ( oa:hasSelector oa:start ) ; sh:minCount 1 ; sh:maxCount 1 ;
                  sh:datatype xsd:integer ; sh:minInclusive 0 ] ;
    sh:property [ sh:path ( oa:hasSelector oa:end ) ; sh:minCount 1 ; sh:maxCount 1 ;
                  sh:datatype xsd:integer ; sh:minInclusive 0 ] .
"""


def shapes() -> str:
    """The shapes in Turtle, the same for the same schema."""
    statuses = " ".join(f'"{status}"' for status in STATUSES)
    return "\n".join(_lines()) + _EVIDENCE.replace("STATUSES", statuses)


def _lines() -> Iterator[str]:
    yield _HEAD
    for prefix, namespace in {**RDF_PREFIXES, "sh": "http://www.w3.org/ns/shacl#"}.items():
        yield f"@prefix {prefix}: <{namespace}> ."
    for node in NODE_TYPES:
        yield from _node(node)
    for edge in EDGE_TYPES:
        yield from _edge(edge)


def _node(node: NodeType) -> Iterator[str]:
    yield f"\ngm:{node.label}Shape a sh:NodeShape ;\n    sh:targetClass gm:{node.label} ;"
    for prop in (ID, NAME, *node.properties):
        # A passage is a span; SpanShape says what a span needs.
        span = node.rdf == "oa:SpecificResource" and prop.name in ("text", "start", "end", "report")
        if not span:
            yield f"    sh:property [ {_property(prop)} ] ;"
    yield f"    sh:class {node.rdf} ."


def _property(prop: Property) -> str:
    term = rdf_term(prop.name)
    parts = [f"sh:path {term.name}"]
    if term.name == "skos:prefLabel":
        # Names in several languages share the property.
        return f"{parts[0]} ; sh:uniqueLang true ; sh:datatype rdf:langString" + (
            " ; sh:minCount 1" if prop.required else ""
        )
    if prop.required:
        parts.append("sh:minCount 1")
    if not prop.type.startswith("LIST"):
        parts.append("sh:maxCount 1")
    if term.link:
        parts.append("sh:nodeKind sh:IRI")
    else:
        text = "rdf:langString" if term.lang else "xsd:string"
        parts.append(f"sh:datatype {_DATATYPES.get(prop.type, text)}")
    return " ; ".join(parts)


def _edge(edge: EdgeType) -> Iterator[str]:
    term = edge.rdf.removeprefix("^")
    ends = (edge.sources, edge.targets)
    subjects, objects = ends[::-1] if edge.rdf.startswith("^") else ends
    yield f"\ngm:{edge.type}Shape a sh:NodeShape ;\n    sh:targetSubjectsOf {term} ;"
    yield f"    sh:or ( {_classes(subjects)} ) ;"
    yield f"    sh:property [ sh:path {term} ; sh:or ( {_classes(objects)} ) ] ."


def _classes(labels: tuple[str, ...]) -> str:
    return " ".join(f"[ sh:class gm:{label} ]" for label in labels)


if __name__ == "__main__":
    sys.stdout.write(shapes())
