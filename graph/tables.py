"""Rows taken apart: those that have the same properties together, a column at a time.

Every value of every load is checked, written and hashed. So it is asked of a column at
once, in loops that run in C, what it holds; and what was found for the check
(:mod:`graph.checks`) stands there for the lines (:mod:`graph.lines`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from graph.model import Node
from graph.schema import id_name

T = TypeVar("T")

NodeRow = Mapping[str, object]
"""Properties of a node, ``id`` among them."""
EdgeRow = Sequence[Any]
"""Source, target and properties of a relationship."""
Rows = Sequence[NodeRow] | Sequence[EdgeRow]

TEXT: set[type] = {str}
LISTS: set[type] = {list, tuple}


class Column(NamedTuple):
    """Values that stand in the same place of several rows.

    Args:
        size: How many rows.
        values: The value of each; one only where all are the same text.
        types: Of the values.
        text: All of them together, where they are texts.
        is_plain: Whether that is printable and holds neither quote nor backslash:
            JSON and CSV then have every value as it is.
        items: What stands in them, one after the other, where they are lists.
    """

    size: int
    values: Sequence[Any]
    types: set[type]
    text: str | None = None
    is_plain: bool = False
    items: Column | None = None

    @property
    def each(self) -> Sequence[Any]:
        """The value of each row."""
        same = len(self.values) < self.size
        return [*self.values] * self.size if same else self.values


def column(values: Sequence[Any]) -> Column:
    """What a column holds."""
    size = len(values)
    if size and isinstance(values[0], str):
        first = text = values[0]
        if size > 1 and first is values[-1] and values.count(first) == size:
            values = (first,)  # one report, one section: much is the same in all
        else:
            try:
                text = "".join(values)
            except TypeError:  # not all of them are
                return Column(size, values, set(map(type, values)))
        is_plain = text.isprintable() and '"' not in text and "\\" not in text
        return Column(size, values, TEXT, text, is_plain)
    types = set(map(type, values))
    if types and types <= LISTS:
        items = column([*chain.from_iterable(values)])
        return Column(size, values, types, None, False, items)
    return Column(size, values, types)


class Table(NamedTuple):
    """Rows that have the same properties.

    Args:
        places: Where they stand among all rows.
        ends: Sources and targets of relationships; nothing for nodes.
        columns: Each property.
    """

    places: Sequence[int]
    ends: Sequence[Column]
    columns: dict[str, Column]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The properties of each row."""
        if not self.columns:
            return [{} for _ in self.places]
        values = zip(*(column.each for column in self.columns.values()), strict=True)
        return [dict(zip(self.columns, of_row, strict=True)) for of_row in values]

    def with_rows(self, rows: Sequence[NodeRow]) -> list[Table]:
        """Tables that have these properties instead, a row for a row."""
        found = tables(rows, [end.each for end in self.ends])
        return [table._replace(places=pick(self.places, table.places)) for table in found]


def row_tables(rows: Rows) -> list[Table]:
    """Tables of nodes or of relationships."""
    if rows and not isinstance(rows[0], Mapping):
        sources, targets, properties = zip(*rows, strict=True)
        return tables(properties, (sources, targets))
    return tables(rows)  # type: ignore[arg-type]


def node_tables(nodes: Sequence[Node]) -> list[Table]:
    """Tables of nodes: their properties, the id, and a name, which that gives if nothing else."""
    found = tables([node.properties for node in nodes])
    for table in found:
        ids = [node.id for node in pick(nodes, table.places)]
        table.columns["id"] = column(ids)
        if "name" not in table.columns:
            table.columns["name"] = column(list(map(id_name, ids)))
    return found


def tables(rows: Sequence[NodeRow], ends: Sequence[Sequence[str]] = ()) -> list[Table]:
    """Tables of rows.

    Args:
        rows: Properties of each.
        ends: Sources and targets of relationships.
    """
    found = []
    for names, places in _alike(rows):
        values = zip(*[row.values() for row in pick(rows, places)], strict=True)
        columns = {name: column(of_name) for name, of_name in zip(names, values, strict=True)}
        found.append(Table(places, [column(pick(end, places)) for end in ends], columns))
    return found


def _alike(
    rows: Sequence[NodeRow],
) -> Iterable[tuple[tuple[str, ...], Sequence[int]]]:
    """Which rows have the same properties in the same order, and where they stand."""
    if len(set(map(tuple, rows))) == 1:
        return [(tuple(rows[0]), range(len(rows)))]
    places: dict[tuple[str, ...], list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(tuple(row), []).append(place)
    return places.items()


def pick(values: Sequence[T], places: Sequence[int]) -> Sequence[T]:
    """The values that stand at these places."""
    return values if len(places) == len(values) else [values[place] for place in places]
