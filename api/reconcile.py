"""The Reconciliation Service API 0.2, as OpenRefine speaks it: what is asked, what is said.

Source: W3C Entity Reconciliation Community Group, final report of 2023-04-10.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from api.matching import KINDS, LONGEST_NAME, MOST_HITS, MOST_QUERIES, Asked, Candidate
from api.names import look_up
from graph.schema import NODE_BY_LABEL, PROPERTY_ZH, NodeType, id_name, label_of
from graph.store import Row, Store

PREVIEW = {"width": 400, "height": 200}
"""Size of the preview, in pixels."""
SUGGESTED = 20
"""Names suggested at a time."""
LINKS = {"broader": "Mechanism", "replaced_by": "Regulation", "succeeded_by": "Agency"}
"""Properties that hold an id, with the label of its node."""

Object = dict[str, object]


class BadBatchError(Exception):
    """A batch that cannot be used; the message says why, with the limit that it breaks."""


def type_object(label: str) -> Object:
    """A label as a type of the protocol."""
    return {"id": label, "name": f"{NODE_BY_LABEL[label].zh} {label}"}


def manifest(base: str, version: str) -> Object:
    """What the service is and where its parts are.

    Args:
        base: URL of the application, with a slash at the end.
        version: Version of the software.
    """
    service = f"{base}reconcile"

    def part(path: str) -> Object:
        return {"service_url": service, "service_path": path}

    return {
        "versions": ["0.2"],
        "name": "govmech 治理机制知识图谱",
        "identifierSpace": "urn:govmech:id:",
        "schemaSpace": "urn:govmech:ns:",
        "documentation": f"{base}docs",
        "serviceVersion": version,
        "defaultTypes": [type_object(label) for label in KINDS],
        "view": {"url": f"{base}#/node?id={{{{id}}}}"},
        "preview": {"url": f"{service}/preview?id={{{{id}}}}", **PREVIEW},
        "suggest": {
            "entity": part("/suggest/entity"),
            "type": part("/suggest/type"),
            "property": part("/suggest/property"),
        },
        "extend": {"propose_properties": part("/properties"), "property_settings": []},
        "batchSize": MOST_QUERIES,
    }


def read_queries(text: str) -> dict[str, tuple[Asked, int | None]]:
    """Read the ``queries`` of a form: names to match, and how many candidates each wants.

    Raises:
        BadBatchError: It is not a batch of at most :data:`api.matching.MOST_QUERIES`.
    """
    batch = _object(_json(text), "queries")
    if not 1 <= len(batch) <= MOST_QUERIES:
        raise BadBatchError(f"{len(batch)} queries; a batch has 1 to {MOST_QUERIES}")
    return {key: _query(_object(query, f"query “{key[:40]}”")) for key, query in batch.items()}


def _query(query: Mapping[str, object]) -> tuple[Asked, int | None]:
    name = query.get("query", "")
    if not isinstance(name, str) or len(name) > LONGEST_NAME or not _is_text(name):
        raise BadBatchError(f"“query” is text of at most {LONGEST_NAME} characters")
    properties = query.get("properties", [])
    if not isinstance(properties, list) or not ("query" in query or properties):
        raise BadBatchError("a query has “query”, or a list of “properties”")
    limit = query.get("limit")
    if limit is not None and (
        isinstance(limit, bool) or not isinstance(limit, int | float) or not 1 <= limit < 1e9
    ):
        raise BadBatchError(f"“limit” is a number from 1; no more than {MOST_HITS} are given")
    asked = Asked(name, _kinds(query.get("type")), _place(properties))
    return asked, None if limit is None else min(int(limit), MOST_HITS)


def _kinds(given: object) -> tuple[str, ...]:
    types = [given] if isinstance(given, str) else given
    if types is None or types == []:
        return KINDS
    if not isinstance(types, list):
        raise BadBatchError("“type” is the id of a type, or a list of them")
    return tuple(known_type(t) for t in types)


def known_type(given: object) -> str:
    """The label that a type id means.

    Raises:
        BadBatchError: There is no such type.
    """
    if given not in KINDS:
        raise BadBatchError(f"there is no type “{str(given)[:40]}”; types are {', '.join(KINDS)}")
    return str(given)


def _place(properties: Sequence[object]) -> str:
    """The value of the property ``place``, which stands before the name of a body."""
    for each in properties:
        given = _object(each, "a property")
        value = given.get("v")
        if given.get("pid") == "place" and isinstance(value, str) and _is_text(value):
            return value[:LONGEST_NAME]
    return ""


def result(candidates: Sequence[Candidate]) -> Object:
    """Candidates as the answer to one query."""
    return {
        "result": [
            {
                "id": c.id,
                "name": c.name,
                "score": c.score,
                "match": c.match,
                "type": [type_object(c.label)],
            }
            for c in candidates
        ]
    }


def extend(store: Store, text: str) -> Object:
    """Answer an ``extend`` request: values of properties of nodes.

    Raises:
        BadBatchError: It is not a list of ids and one of properties of the schema.
        StoreError: The store did not answer.
    """
    request = _object(_json(text), "extend")
    ids, wanted = request.get("ids"), request.get("properties")
    if not isinstance(ids, list) or not isinstance(wanted, list):
        raise BadBatchError("“extend” has lists “ids” and “properties”")
    if len(ids) > MOST_QUERIES:
        raise BadBatchError(f"{len(ids)} ids; a batch has at most {MOST_QUERIES}")
    if not all(isinstance(i, str) and _is_text(i) for i in ids):
        raise BadBatchError("“ids” are texts")
    if len(wanted) > MOST_QUERIES:
        raise BadBatchError(f"{len(wanted)} properties; a batch has at most {MOST_QUERIES}")
    named = [str(_object(p, "a property").get("id")) for p in wanted]
    known = {str(p["id"]) for p in properties()}
    for name in named:
        if name not in known:
            raise BadBatchError(f"there is no property “{name[:40]}”; see /reconcile/properties")
    found = {str(row["id"]): row for row in node_properties(store, ids)}
    rows = {i: {name: _values(name, found.get(i, {}).get(name)) for name in named} for i in ids}
    return {"meta": [_meta(name) for name in named], "rows": rows}


def node_properties(store: Store, ids: Sequence[str]) -> list[Row]:
    """Nodes with all their properties, for those ids that have one."""
    return look_up(store, "node_properties", ids=list(ids))


def properties(label: str | None = None) -> list[Object]:
    """Properties that can be had of nodes of that label, or of any."""
    types: list[NodeType] = [NODE_BY_LABEL[name] for name in ([label] if label else KINDS)]
    names = {"name": None, **{p.name: None for t in types for p in t.properties}}
    return [{"id": n, "name": f"{PROPERTY_ZH[n]} {n}"} for n in names if n != "search"]


def suggest(items: Sequence[Object], prefix: str) -> list[Object]:
    """Those types or properties whose id or name holds the prefix."""
    sought = prefix.strip().casefold()
    return [i for i in items if sought in f"{i['id']} {i['name']}".casefold()]


def suggest_entities(store: Store, prefix: str) -> list[Object]:
    """Nodes with a name that holds the prefix, those most used first."""
    rows = look_up(store, "suggestions", text=prefix.strip(), limit=50)
    found = [
        {
            "id": row["id"],
            "name": row["name"],
            "description": str(row["also"] or NODE_BY_LABEL[label].zh),
            "notable": [type_object(label)],
        }
        for row in rows
        if (label := label_of(str(row["id"]))) in KINDS
    ]
    return found[:SUGGESTED]


def _meta(name: str) -> Object:
    described: Object = {"id": name, "name": f"{PROPERTY_ZH[name]} {name}"}
    return {**described, "type": type_object(LINKS[name])} if name in LINKS else described


def _values(name: str, value: object) -> list[Object]:
    if value is None:
        return []
    if isinstance(value, list | tuple):
        return [cell for item in value for cell in _values(name, item)]
    if isinstance(value, bool):
        return [{"str": "true" if value else "false"}]
    if isinstance(value, int):
        return [{"int": value}]
    if name in LINKS:
        return [{"id": str(value), "name": id_name(str(value))}]
    return [{"str": str(value)}]


def _json(text: str) -> object:
    def refuse(constant: str) -> object:
        raise ValueError(f"{constant} is no JSON")

    try:
        return json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError) as exc:
        raise BadBatchError("the form field holds no JSON") from exc


def _object(value: object, what: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise BadBatchError(f"{what} is a JSON object")
    return value


def _is_text(value: str) -> bool:
    """Whether both engines take it: no NUL, no half of a surrogate pair."""
    return not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value)
