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

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, repeat
from json.encoder import encode_basestring as quoted
from typing import Any, NamedTuple

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
from graph.tables import TEXT, Column, Rows, Table, row_tables

ARRAY_DELIMITER = "\0"
"""Between the items of a list in a cell: the one character that no text of ours may hold."""

# To the importer a list without items is one that is not known.
_EMPTY: tuple[object, ...] = ((), [])
_INTEGER, _ONE = {int}, {1}


def json_lines(kind: str, rows: Rows) -> list[str]:
    """The line of JSON of each node of a label, or relationship of a type.

    Args:
        kind: A label or relationship type of the schema.
        rows: What the schema does not declare in them is left out.
    """
    lines = [""] * len(rows)
    for written in _written(kind, row_tables(rows)):
        _put(lines, written.places, written.json_lines())
    return lines


def both_lines(kind: str, of_kind: Sequence[Table]) -> tuple[list[str], str]:
    """The line of JSON of each row of these tables, likewise, and all their lines of CSV.

    Before the columns of a relationship stand its source and target.
    """
    size = sum(len(table.places) for table in of_kind)
    written = list(_written(kind, of_kind))
    json = [""] * size
    for table in written:
        _put(json, table.places, table.json_lines())
    if len(written) == 1:
        return json, written[0].csv_text()
    csv = [""] * size
    for table in written:
        _put(csv, table.places, table.csv_lines())
    return json, "".join(csv)


def columns(kind: str) -> tuple[Property, ...]:
    """Properties of a label or relationship type in the order of its lines."""
    return _COLUMNS[kind]


_Pieces = tuple[Sequence[str], Sequence[str], str, str]
"""Values that stand in the same place of several lines: what varies in JSON and in CSV, and the
quotes or brackets around that, in JSON and in CSV."""


class _Written(NamedTuple):
    """A table in pieces of text.

    Args:
        places: Where its rows stand among all rows.
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
        return map("".join, _rows(self.between[0], self.json))

    def csv_lines(self) -> Iterator[str]:
        """Likewise."""
        return map("".join, _rows(self.between[1], self.csv))

    def csv_text(self) -> str:
        """All of them, which is quicker than one by one."""
        return "".join(chain.from_iterable(_rows(self.between[1], self.csv)))


def _rows(
    between: Sequence[repeat[str]], columns: Sequence[Sequence[str]]
) -> Iterator[tuple[str, ...]]:
    """What each line is put together from."""
    pieces: list[Any] = [None] * (2 * len(columns) + 1)
    pieces[::2] = between
    pieces[1::2] = columns
    return zip(*pieces, strict=False)


def _written(kind: str, of_kind: Iterable[Table]) -> Iterator[_Written]:
    """Tables in pieces of text, each row once."""
    for table in of_kind:
        known = _known_names(kind, tuple(table.columns))
        pieces = [_pieces(end) for end in table.ends]
        pieces += [_pieces(table.columns[name]) for name in known]
        if None in pieces:
            yield from _written(kind, _without_unknown(table))
            continue
        json, csv, json_around, csv_around = zip(*pieces, strict=True)
        yield _Written(table.places, _between(kind, known, json_around, csv_around), json, csv)


def _without_unknown(table: Table) -> list[Table]:
    """Tables of the same rows, of which each has only the properties that are known in it."""
    known = [{n: v for n, v in row.items() if _is_known(v)} for row in table.rows]
    return table.with_rows(known)


def _pieces(of: Column) -> _Pieces | None:
    """Values as written; None where one of them is not known."""
    size, values, types, _, is_plain, items = of
    if types == TEXT:
        if is_plain:
            json = csv = values
            around = '"'
        else:
            json, csv, around = list(map(quoted, values)), list(map(_cell, values)), ""
        if len(values) < size:
            json, csv = [*json] * size, [*csv] * size
        return json, csv, around, around
    if types == _INTEGER:
        numbers = [f"{value}" for value in values]
        return numbers, numbers, "", ""
    if items is not None and all(values):
        if items.size == size and set(map(len, values)) == _ONE:
            item = _pieces(items)
            if item is not None:
                json, csv, json_around, csv_around = item
                return json, csv, f"[{json_around}", csv_around
    elif not all(map(_is_known, values)):
        return None
    return list(map(_json, values)), list(map(_cell, values)), "", ""


def _is_known(value: object) -> bool:
    return value is not None and value not in _EMPTY


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
def _known_names(kind: str, names: tuple[str, ...]) -> Sequence[str]:
    """Which of these properties the schema declares, sorted."""
    return tuple(p.name for p in _COLUMNS[kind] if p.name in names)


@cache
def _between(
    kind: str, known: Sequence[str], json_around: Sequence[str], csv_around: Sequence[str]
) -> tuple[Sequence[repeat[str]], Sequence[repeat[str]]]:
    """What stands between the values of these properties, and of ends, in JSON and in CSV.

    Args:
        kind: Label or type.
        known: Properties of which there are values, sorted.
        json_around: What stands before each value, and mirrored after it.
        csv_around: Likewise.
    """
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
