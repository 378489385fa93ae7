"""A node or relationship as one line of text: JSON for the inventory's hash, CSV for the importer.

The JSON is canonical: ``["Place",{"id":…,"name":…}]`` or
``["PART_OF","source id","target id",{…}]``, names sorted, no blanks, what is not
known left out; byte by byte what :func:`json.dumps` makes of the same list with
``ensure_ascii=False``. The CSV has a cell for every column, in the same order. Both
are put together here, from the same pieces, because every row of every load comes
through, and because most texts are quoted alike in both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring as quoted

from graph.schema import EDGE_TYPES, ID, INVENTORY, NAME, NODE_TYPES, Property, edge_properties

ARRAY_DELIMITER = "\0"
"""Between the items of a list in a cell: the one character that no text of ours may hold."""

_ESCAPE = "\\"
# To the importer a list without items is one that is not known.
_EMPTY: tuple[object, ...] = ((), [])


def node_line(label: str, properties: Mapping[str, object]) -> str:
    """The line of JSON of a node.

    Args:
        label: A label of the schema.
        properties: Its properties, ``id`` among them; what the schema does not
            declare is left out.
    """
    return node_lines(label, properties)[0]


def edge_line(type_: str, source: str, target: str, properties: Mapping[str, object]) -> str:
    """The line of JSON of a relationship, likewise."""
    return edge_lines(type_, source, target, properties)[0]


def node_lines(label: str, properties: Mapping[str, object]) -> tuple[str, str]:
    """The line of JSON of a node, and that of CSV."""
    known, cells = _lay_out(label, properties)
    return f'["{label}",{known}]', f"{cells}\n"


def edge_lines(
    type_: str, source: str, target: str, properties: Mapping[str, object]
) -> tuple[str, str]:
    """The line of JSON of a relationship, and that of CSV: its ends, then its columns."""
    ends = f"{quoted(source)},{quoted(target)}"
    first = f"{_cell(source)},{_cell(target)}" if _ESCAPE in ends else ends
    if not _KEYS[type_]:
        return f'["{type_}",{ends},{{}}]', f"{first}\n"
    known, cells = _lay_out(type_, properties)
    return f'["{type_}",{ends},{known}]', f"{first},{cells}\n"


def columns(kind: str) -> tuple[Property, ...]:
    """Properties of a label or relationship type in the order of its lines."""
    return _COLUMNS[kind]


def _lay_out(kind: str, properties: Mapping[str, object]) -> tuple[str, str]:
    """What is known of the properties as an object of JSON, and all as cells of CSV."""
    members: list[str] = []
    cells: list[str] = []
    for name, key in _KEYS[kind]:
        value = properties.get(name)
        of_type = type(value)
        if of_type is str:
            text = quoted(value)  # type: ignore[arg-type]
            members.append(key + text)
            cells.append(text)
        elif of_type is int:
            text = str(value)
            members.append(key + text)
            cells.append(text)
        elif value is None or value in _EMPTY:
            cells.append("")
        elif (of_type is list or of_type is tuple) and len(value) == 1:  # type: ignore[arg-type]
            text = _json(value[0])  # type: ignore[index]
            members.append(f"{key}[{text}]")
            cells.append(text)
        else:
            members.append(key + _json(value))
            cells.append(_cell(value))
    known = ",".join(members)
    # Where JSON escaped nothing, a text stands in CSV as it does in JSON.
    if _ESCAPE in known:
        cells = [_cell(properties.get(name)) for name, _ in _KEYS[kind]]
    return f"{{{known}}}", ",".join(cells)


def _json(value: object) -> str:
    if type(value) is int:
        return str(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(_json, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)


def _cell(value: object) -> str:
    """A value as the importer reads it: quoted and empty is an empty text, bare and empty none."""
    if value is None or value in _EMPTY:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, (list, tuple)):
        return _cell(ARRAY_DELIMITER.join(map(str, value)))
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)


_COLUMNS: dict[str, tuple[Property, ...]] = {
    kind: tuple(sorted(properties, key=lambda p: p.name))
    for kind, properties in (
        *((n.label, (ID, NAME, *n.properties)) for n in (*NODE_TYPES, INVENTORY)),
        *((e.type, edge_properties(e)) for e in EDGE_TYPES),
    )
}
_KEYS: dict[str, Sequence[tuple[str, str]]] = {
    kind: [(p.name, f'"{p.name}":') for p in of_kind] for kind, of_kind in _COLUMNS.items()
}
