"""Bundle: everything in one folder, described for archives and data portals.

A Data Package (v2) describes the tables, an RO-Crate (1.1) the whole, and
``CHECKSUMS`` is what ``sha256sum -c`` reads. ``reports.csv`` lists the reports
that the graph was read from, with the digest of each text.
"""

from __future__ import annotations

import csv
import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from graph.exports import csv as tables
from graph.exports import cytoscape, gexf, graphml, jsonl, turtle
from graph.exports._columns import as_text, edge_columns, node_columns
from graph.schema import NODE_BY_LABEL, PROPERTY_ZH, Property
from graph.view import GraphView

NAME = "bundle"
ABOUT = "tables, graph files and RDF with Data Package, RO-Crate, checksums and report list"
CANNOT = (
    "What each file in it cannot hold by itself; together they hold everything, "
    "graph.jsonl alone does."
)
HOLDS = "What its parts hold, one after the other."
FILE_SUFFIX = ""

_GRAPHS = {
    "graph.jsonl": (jsonl.write, "application/jsonl"),
    "graph.cyjs": (cytoscape.write, "application/json"),
    "graph.gexf": (gexf.write, "application/gexf+xml"),
    "graph.graphml": (graphml.write, "application/graphml+xml"),
    "graph.ttl": (turtle.write, "text/turtle"),
}
_REPORT = ("name", "unit", "year", "place", "published", "source", "format", "digest")
_TYPES = {"INTEGER": "integer", "FLOAT": "number", "BOOLEAN": "boolean"}
_TITLE = "Governance mechanisms in reports of public bodies"
_EPOCH = "1970-01-01"
_KEYS: dict[str, dict[str, object]] = {
    "nodes": {"primaryKey": ["id"]},
    "edges": {
        "foreignKeys": [
            {"fields": [end], "reference": {"resource": "nodes", "fields": ["id"]}}
            for end in ("source", "target")
        ]
    },
    "reports": {"primaryKey": ["id"]},
}


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write the files one after the other; see :mod:`graph.exports`."""
    losses = [f"nodes.csv and edges.csv: {loss}" for loss in tables.write(view, out)]
    for name, (write_graph, _) in _GRAPHS.items():
        losses += [f"{name}: {loss}" for loss in write_graph(view, out / name)]
    latest = _write_reports(view, out / "reports.csv")
    _write_json(out / "datapackage.json", _data_package(out))
    _write_json(out / "ro-crate-metadata.json", _crate(out, latest))
    names = sorted(path.name for path in out.iterdir())
    lines = (f"{_checksum(out / name)}  {name}\n" for name in names)
    (out / "CHECKSUMS").write_text("".join(lines), "utf-8", newline="\n")
    return tuple(losses)


def _write_reports(view: GraphView, path: Path) -> str:
    """Write the list of reports.

    Returns:
        Day of the latest publication, else the last day of the latest year that a
        report covers: the same graph has the same date, whenever it is written.
    """
    latest = _EPOCH
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", *_REPORT))
        for node in view.iter_nodes(["Report"]):
            values = node.properties
            writer.writerow([node.id, *(as_text(values.get(name, "")) for name in _REPORT)])
            year = f"{values['year']:04}-12-31" if "year" in values else _EPOCH
            latest = max(latest, str(values.get("published") or year))
    return latest


def _data_package(out: Path) -> dict[str, object]:
    ends = [Property(name, "STRING", "Id of the node") for name in ("source", "target")]
    label = Property("label", "STRING", "Label of the node")
    type_ = Property("type", "STRING", "Type of the relationship")
    first, *others = node_columns()
    reports = {p.name: p for p in (first, *others, *NODE_BY_LABEL["Report"].properties)}
    columns = {
        "nodes": [first, label, *others],
        "edges": [ends[0], type_, ends[1], *edge_columns()],
        "reports": [reports[name] for name in ("id", *_REPORT)],
    }
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "govmech",
        "title": _TITLE,
        "resources": [
            {
                "name": name,
                "type": "table",
                "path": f"{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": (out / f"{name}.csv").stat().st_size,
                "hash": f"sha256:{_checksum(out / f'{name}.csv')}",
                "schema": {"fields": list(map(_field, properties)), **_KEYS[name]},
            }
            for name, properties in columns.items()
        ],
    }


def _field(prop: Property) -> dict[str, str]:
    # Lists stand as JSON arrays, which is the default format of the type.
    type_ = "array" if prop.type.startswith("LIST") else _TYPES.get(prop.type, "string")
    title = PROPERTY_ZH.get(prop.name, "")
    return {"name": prop.name, "type": type_, "description": prop.about} | (
        {"title": title} if title else {}
    )


def _crate(out: Path, published: str) -> dict[str, object]:
    media = {name: type_ for name, (_, type_) in _GRAPHS.items()}
    media |= {f"{name}.csv": "text/csv" for name in _KEYS}
    media["datapackage.json"] = "application/json"
    return {
        # RO-Crate 1.1 took over most of schema.org, but not its term for checksums.
        "@context": [
            "https://w3id.org/ro/crate/1.1/context",
            {"sha256": "http://schema.org/sha256"},
        ],
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "name": _TITLE,
                "description": "Who applies which mechanism, since when, in which words: "
                "a graph read from the reports that reports.csv lists.",
                "datePublished": published,
                "license": {"@id": "#rights"},
                "hasPart": [{"@id": name} for name in sorted(media)],
                "mentions": {"@id": "#govmech"},
            },
            *(
                {
                    "@id": name,
                    "@type": "File",
                    "name": name,
                    "encodingFormat": media[name],
                    "contentSize": str((out / name).stat().st_size),
                    "sha256": _checksum(out / name),
                }
                for name in sorted(media)
            ),
            {
                "@id": "#rights",
                "@type": "CreativeWork",
                "name": "Rights in the texts",
                "description": "The texts of the reports belong to those who published them.",
            },
            {
                "@id": "#govmech",
                "@type": "SoftwareApplication",
                "name": "govmech",
                "version": version("govmech"),
            },
        ],
    }


def _write_json(path: Path, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    path.write_text(f"{text}\n", "utf-8", newline="\n")


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
