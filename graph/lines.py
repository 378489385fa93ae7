"""Nodes and relationships as lines of text: JSON for the inventory's hash, CSV for the importer.

The JSON is canonical: ``["Place",{"id":…,"name":…}]`` or
``["PART_OF","source id","target id",{…}]``, names sorted, no blanks, what is not
known left out; byte by byte what :func:`json.dumps` makes of the same list with
``ensure_ascii=False``. The CSV has a cell for every column, in the same order.

Every row of every load comes through. So rows that have the same properties are laid
out together, a column at a time, in loops that run in C; and both texts are put together
from the same pieces, because JSON and CSV write most values alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import repeat
from json.encoder import encode_basestring as quoted
from typing import Any, NamedTuple, TypeVar

from graph.rows import alike, pick
from graph.schema import (
    EDGE_BY_TYPE,
    EDGE_TYPES,
    ID,
    INVENTORY,
    NAME,
    NODE_TYPES,
    Property,
    edge_properties,
)

T = TypeVar("T")

NodeRow = Mapping[str, object]
"""Properties of a node, ``id`` among them."""
EdgeRow = Sequence[Any]
"""Source, target and properties of a relationship."""
Rows = Sequence[NodeRow] | Sequence[EdgeRow]

ARRAY_DELIMITER = "\0"
"""Between the items of a list in a cell: the one character that no text of ours may hold."""

# To the importer a list without items is one that is not known.
_EMPTY: tuple[object, ...] = ((), [])
_TEXT, _INTEGER, _LISTS = {str}, {int}, {list, tuple}


def json_lines(kind: str, rows: Rows) -> list[str]:
    """The line of JSON of each node of a label, or relationship of a type.

    Args:
        kind: A label or relationship type of the schema.
        rows: What the schema does not declare in them is left out.
    """
    lines = [""] * len(rows)
    for table in _lay_out(kind, rows):
        _put(lines, table.places, table.json_lines())
    return lines


def both_lines(kind: str, rows: Rows) -> tuple[list[str], list[str]]:
    """The line of JSON of each, likewise, and that of CSV, with its line break.

    Before the columns of a relationship stand its source and target.
    """
    json, csv = [""] * len(rows), [""] * len(rows)
    for table in _lay_out(kind, rows):
        _put(json, table.places, table.json_lines())
        _put(csv, table.places, table.csv_lines())
    return json, csv


def columns(kind: str) -> tuple[Property, ...]:
    """Properties of a label or relationship type in the order of its lines."""
    return _COLUMNS[kind]


_Column = tuple[Sequence[str], Sequence[str], str, str]
"""Values that stand in the same place of several lines: what varies in JSON and in CSV, and the
quotes or brackets around that, in JSON and in CSV."""


class _Table(NamedTuple):
    """Rows with the same properties.

    Args:
        places: Where they stand among all rows.
        between: What stands before each value and after the last, in JSON and in CSV.
        json: Values in JSON, a column each.
        csv: Values in CSV.
    """

    places: Sequence[int]
    between: tuple[Sequence[repeat[str]], Sequence[repeat[str]]]
    json: Sequence[Sequence[str]]
    csv: Sequence[Sequence[str]]

    def json_lines(self) -> Iterator[str]:
        """A line of each row."""
        return _join(self.between[0], self.json)

    def csv_lines(self) -> Iterator[str]:
        """Likewise."""
        return _join(self.between[1], self.csv)


def _join(between: Sequence[repeat[str]], columns: Sequence[Sequence[str]]) -> Iterator[str]:
    pieces: list[Any] = [None] * (2 * len(columns) + 1)
    pieces[::2] = between
    pieces[1::2] = columns
    return map("".join, zip(*pieces, strict=False))


def _lay_out(kind: str, rows: Rows) -> Iterator[_Table]:
    """Tables of rows, each row once."""
    ends: Sequence[Sequence[object]] = ()
    properties: Sequence[Any] = rows
    if kind in EDGE_BY_TYPE and rows:
        *ends, properties = zip(*rows, strict=True)
    return _tables(kind, ends, properties, range(len(rows)))


def _tables(
    kind: str,
    ends: Sequence[Sequence[object]],
    properties: Sequence[NodeRow],
    places: Sequence[int],
) -> Iterator[_Table]:
    """Tables of the rows at these places, of which the properties are given."""
    for names, chosen in alike(properties):
        of_names = pick(properties, chosen)
        there = pick(places, chosen)
        values = list(zip(*[row.values() for row in of_names], strict=True))
        columns = [_column(values[place]) for place in _order(kind, names)]
        if None in columns:
            yield from _tables(kind, ends, list(map(_known, of_names)), there)
            continue
        columns[:0] = [_column(pick(end, there)) for end in ends]
        json, csv, json_around, csv_around = zip(*columns, strict=True)
        yield _Table(there, _between(kind, names, json_around, csv_around), json, csv)


def _column(values: Sequence[Any]) -> _Column | None:
    """Values as written; None where one of them is not known."""
    first = values[0]
    if len(values) > 1 and first is values[-1] and values.count(first) == len(values):
        column = _column((first,))  # one report, one section: much is the same in all rows
        return column and ([*column[0]] * len(values), [*column[1]] * len(values), *column[2:])
    types = set(map(type, values))
    if types == _TEXT:
        together = "".join(values)
        # Where nothing is to be escaped, a text stands in JSON, and in CSV, as it is.
        if together.isprintable() and '"' not in together and "\\" not in together:
            return values, values, '"', '"'
        return list(map(quoted, values)), list(map(_cell, values)), "", ""
    if types == _INTEGER:
        numbers = list(map(str, values))
        return numbers, numbers, "", ""
    if types <= _LISTS and all(values):
        if set(map(len, values)) == {1}:
            item = _column([value for (value,) in values])
            if item is not None:
                json, csv, json_around, csv_around = item
                return json, csv, f"[{json_around}", csv_around
    elif not all(map(_is_known, values)):
        return None
    return list(map(_json, values)), list(map(_cell, values)), "", ""


def _is_known(value: object) -> bool:
    return value is not None and value not in _EMPTY


def _known(row: NodeRow) -> NodeRow:
    return {name: value for name, value in row.items() if _is_known(value)}


def _put(lines: list[str], places: Sequence[int], of_table: Iterable[str]) -> None:
    if len(places) == len(lines):
        lines[:] = of_table
    else:
        for place, line in zip(places, of_table, strict=True):
            lines[place] = line


def _json(value: object) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(_json, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)


def _cell(value: object) -> str:
    """A value as the importer reads it: quoted and empty is an empty text, bare and empty none."""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, (list, tuple)):
        return _cell(ARRAY_DELIMITER.join(map(str, value)))
    return _json(value)


@cache
def _order(kind: str, names: tuple[str, ...]) -> Sequence[int]:
    """Where among these properties stand those that the schema declares, sorted by name."""
    return [names.index(p.name) for p in _COLUMNS[kind] if p.name in names]


@cache
def _between(
    kind: str, names: tuple[str, ...], json_around: Sequence[str], csv_around: Sequence[str]
) -> tuple[Sequence[repeat[str]], Sequence[repeat[str]]]:
    """What stands between the values of these properties, and of ends, in JSON and in CSV.

    Args:
        kind: Label or type.
        names: Properties that are known.
        json_around: What stands before each value, and mirrored after it.
        csv_around: Likewise.
    """
    known = [p.name for p in _COLUMNS[kind] if p.name in names]
    ends = 2 if kind in EDGE_BY_TYPE else 0
    json = [f'["{kind}",', *("," for _ in range(ends))]
    json[-1] += "{"
    for name in known:
        json[-1] += f'"{name}":'
        json.append(",")
    json[-1] = "}]" if known else f"{json[-1]}}}]"
    csv = [""]
    for place, has_value in enumerate([*[True] * ends, *(p.name in known for p in _COLUMNS[kind])]):
        csv[-1] += "," if place else ""
        if has_value:
            csv.append("")
    csv[-1] += "\n"
    return _around(json, json_around), _around(csv, csv_around)


def _around(between: Sequence[str], around: Sequence[str]) -> Sequence[repeat[str]]:
    after = ("", *(a[::-1].replace("[", "]") for a in around))
    return [repeat(f"{a}{b}{c}") for a, b, c in zip(after, between, (*around, ""), strict=True)]


_COLUMNS: dict[str, tuple[Property, ...]] = {
    kind: tuple(sorted(properties, key=lambda p: p.name))
    for kind, properties in (
        *((n.label, (ID, NAME, *n.properties)) for n in (*NODE_TYPES, INVENTORY)),
        *((e.type, edge_properties(e)) for e in EDGE_TYPES),
    )
}
