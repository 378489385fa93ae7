"""Lines of nodes and relationships: what the digest of a graph is made of."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from graph.lines import ARRAY_DELIMITER, columns, edge_lines, node_lines

# Whatever JSON or CSV quotes, and what neither does.
TEXTS = st.text("甲 😀a,;|$`/\"\\'\n\r\t\x01\x1f\x7f\x85\u2028", max_size=12)
MENTIONS = st.fixed_dictionaries(
    {},
    optional={
        "report": TEXTS,
        "surfaces": st.lists(TEXTS, max_size=3),
        "starts": st.lists(st.integers(-(2**63), 2**63 - 1), max_size=3),
        "ends": st.none(),
    },
)
MEASURE = st.fixed_dictionaries(
    {"id": TEXTS, "value": st.floats(allow_nan=False, allow_infinity=False)},
    optional={"text": TEXTS, "year": st.integers(0, 3000), "unit": st.none()},
)


def canonical(line: list[object], properties: dict[str, object]) -> str:
    known = {n: v for n, v in properties.items() if v not in (None, [], ())}
    return json.dumps([*line, known], ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@given(MENTIONS, TEXTS, TEXTS)
def test_line_of_a_relationship_is_canonical_json(
    properties: dict[str, object], source: str, target: str
) -> None:
    line, _ = edge_lines("MENTIONS", source, target, properties)
    assert line == canonical(["MENTIONS", source, target], properties)
    tuples = {n: tuple(v) if isinstance(v, list) else v for n, v in properties.items()}
    assert edge_lines("MENTIONS", source, target, tuples)[0] == line


@given(MEASURE)
def test_line_of_a_node_is_canonical_json(properties: dict[str, object]) -> None:
    assert node_lines("Measure", properties)[0] == canonical(["Measure"], properties)


def test_line_knows_truth_values() -> None:
    properties = {"id": "mechanism:甲", "discovered": False, "aliases": ["乙", '丙"\\']}
    line, cells = node_lines("Mechanism", properties)
    assert line == canonical(["Mechanism"], properties)
    assert "false" in cells.split(",")


@given(MENTIONS, TEXTS, TEXTS)
def test_cells_of_a_relationship_read_back(
    properties: dict[str, object], source: str, target: str
) -> None:
    _, cells = edge_lines("MENTIONS", source, target, properties)
    (row,) = csv.reader(io.StringIO(cells, newline=""), strict=True)
    found = dict(zip([p.name for p in columns("MENTIONS")], row[2:], strict=True))
    assert row[:2] == [source, target]
    assert found["surfaces"] == ARRAY_DELIMITER.join(properties.get("surfaces", []))  # type: ignore[arg-type]
