"""Parquet, for pandas, Polars, DuckDB and Spark: one typed table a label and type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import ExportError
from graph.exports._batches import iter_batches
from graph.exports._columns import as_text, label_columns
from graph.model import Value
from graph.schema import EDGE_TYPES, NODE_TYPES, Property, edge_properties
from graph.view import GraphView

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "parquet"
ABOUT = "Parquet tables with typed columns and lists"
HOLDS = "Rows of one table: 10,000, or 4 million characters; and what Arrow makes of them."
FILE_SUFFIX = ""

ROWS = 10_000
"""Rows that are in memory at a time, and in a row group of the file."""

CHARACTERS = 4_000_000
"""Characters that they have together, unless one row alone has more."""

_ENDS = tuple(
    Property(name, "STRING", f"Id of the {name} node", required=True)
    for name in ("source", "target")
)


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write ``Agency.parquet``, ``IMPLEMENTS.parquet`` …; see :mod:`graph.exports`.

    Raises:
        ExportError: PyArrow is not installed.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError as exc:
        raise ExportError(
            "parquet needs PyArrow, which is not installed: uv sync --extra parquet, "
            "or pip install 'govmech[parquet]'"
        ) from exc
    out.mkdir()
    for node_type in NODE_TYPES:
        nodes = (n.properties for n in view.iter_nodes([node_type.label]))
        _write_table(out / f"{node_type.label}.parquet", label_columns(node_type.label), nodes)
    for edge_type in EDGE_TYPES:
        edges = (
            {"source": e.source, "target": e.target, **e.properties}
            for e in view.iter_edges([edge_type.type])
        )
        columns = (*_ENDS, *edge_properties(edge_type))
        _write_table(out / f"{edge_type.type}.parquet", columns, edges)
    return ()


def _write_table(
    path: Path, columns: Sequence[Property], rows: Iterator[Mapping[str, Value]]
) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.schema(
        [pa.field(p.name, _arrow_type(p.type), not p.required, {"about": p.about}) for p in columns]
    )
    with parquet.ParquetWriter(path, table) as writer:
        for batch in iter_batches(rows, _length, most=ROWS, characters=CHARACTERS):
            arrays = [
                pa.array([row.get(field.name) for row in batch], field.type) for field in table
            ]
            writer.write_batch(pa.record_batch(arrays, schema=table))


def _length(row: Mapping[str, Value]) -> int:
    return sum(len(as_text(value)) for value in row.values())


def _arrow_type(type_: str) -> pa.DataType:
    import pyarrow as pa

    types: dict[str, Any] = {
        "STRING": pa.string(),
        "INTEGER": pa.int64(),
        "FLOAT": pa.float64(),
        "BOOLEAN": pa.bool_(),
        "LIST<STRING>": pa.list_(pa.string()),
        "LIST<INTEGER>": pa.list_(pa.int64()),
    }
    return types[type_]
