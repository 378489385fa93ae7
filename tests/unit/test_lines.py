"""Lines of nodes and relationships: what the digest of a graph is made of."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from graph.lines import ARRAY_DELIMITER, both_lines, columns, json_lines
from graph.tables import row_tables

# Whatever JSON or CSV quotes, and what neither does.
TEXTS = st.text("甲 😀a,;|$`/\"\\'\n\r\t\x01\x1f\x7f\x85\u2028\u3000", max_size=12)
INTEGERS = st.integers(-(2**63), 2**63 - 1)
MENTIONS = st.fixed_dictionaries(
    {},
    optional={
        "report": TEXTS,
        "surfaces": st.lists(TEXTS, max_size=3),
        "starts": st.lists(INTEGERS, max_size=3) | st.tuples(INTEGERS),
        "ends": st.none(),
    },
)
RELATIONSHIPS = st.lists(st.tuples(TEXTS, TEXTS, MENTIONS), min_size=1, max_size=4)
# A store that somebody else wrote to may hold a value of any type.
MEASURES = st.lists(
    st.fixed_dictionaries(
        {"id": TEXTS, "value": st.floats(allow_nan=False, allow_infinity=False)},
        optional={
            "text": TEXTS,
            "year": st.integers(0, 3000) | TEXTS | st.booleans(),
            "unit": st.none(),
            "of": TEXTS | st.lists(TEXTS, max_size=2),
            "nobody declared": TEXTS,
        },
    ),
    min_size=1,
    max_size=4,
)


def canonical(line: list[object], properties: Mapping[str, object]) -> str:
    known = {
        n: v
        for n, v in properties.items()
        if v not in (None, [], ()) and n in {p.name for p in columns(str(line[0]))}
    }
    return json.dumps([*line, known], ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@given(RELATIONSHIPS)
def test_lines_of_relationships_are_canonical_json(
    rows: list[tuple[str, str, dict[str, object]]],
) -> None:
    lines = [canonical(["MENTIONS", a, b], properties) for a, b, properties in rows]
    assert json_lines("MENTIONS", rows) == lines
    assert both_lines("MENTIONS", row_tables(rows))[0] == lines
    tuples = [
        (a, b, {n: tuple(v) if isinstance(v, list) else v for n, v in properties.items()})
        for a, b, properties in rows
    ]
    assert json_lines("MENTIONS", tuples) == lines


@given(MEASURES)
def test_lines_of_nodes_are_canonical_json(rows: list[dict[str, object]]) -> None:
    assert json_lines("Measure", rows) == [canonical(["Measure"], row) for row in rows]


def test_line_knows_truth_values() -> None:
    properties = {"id": "mechanism:甲", "discovered": False, "aliases": ["乙", '丙"\\']}
    (line,), cells = both_lines("Mechanism", row_tables([properties]))
    assert line == canonical(["Mechanism"], properties)
    assert cells.endswith("\n")
    assert "false" in cells.split(",")


def test_relationship_without_properties_is_its_ends() -> None:
    rows = [("place:甲", "place:乙", {}), ("place:丙", "place:乙", {})]
    lines, cells = both_lines("PART_OF", row_tables(rows))
    assert lines == ['["PART_OF","place:甲","place:乙",{}]', '["PART_OF","place:丙","place:乙",{}]']
    assert cells == '"place:甲","place:乙"\n"place:丙","place:乙"\n'


@given(RELATIONSHIPS)
def test_cells_of_relationships_read_back(
    rows: list[tuple[str, str, dict[str, list[object]]]],
) -> None:
    _, text = both_lines("MENTIONS", row_tables(rows))
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    for (source, target, properties), cells in zip(rows, lines, strict=True):
        found = dict(zip([p.name for p in columns("MENTIONS")], cells[2:], strict=True))
        assert cells[:2] == [source, target]
        for name in ("surfaces", "starts"):
            assert found[name] == ARRAY_DELIMITER.join(map(str, properties.get(name, ())))
