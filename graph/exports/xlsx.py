"""Excel workbook, for people who live in spreadsheets."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from graph.errors import ExportError
from graph.exports._columns import as_text, label_columns
from graph.exports._xml import XmlText
from graph.model import Value
from graph.schema import EDGE_TYPES, NODE_TYPES, PROPERTY_ZH, edge_properties
from graph.view import GraphView

NAME = "xlsx"
ABOUT = "Excel workbook, a sheet for each label and type; long cells cut, formulas made text"
CANNOT = (
    "Cells beyond 32,767 characters; texts that look like formulas get a quote in front; "
    "whole numbers beyond 2^53 and lists become text, carriage returns line feeds; characters"
    " that XML forbids become U+FFFD."
)
HOLDS = "One row; the sheets wait in files beside the target until they are packed."
FILE_SUFFIX = ".xlsx"

CELL = 32_767
"""UTF-16 code units that a cell holds."""
SHEET = 1_048_575
"""Rows of a sheet below its head."""

_LARGEST = 2**53
_FORMULA = tuple("=+-@\t\r\n")
_ENDS = {"source": "从", "target": "到"}


class _Cells:
    """Makes values fit for cells and counts what was changed on the way."""

    def __init__(self) -> None:
        self.quoted = self.cut = self.large = self.returns = 0
        self.xml = XmlText()

    def value(self, value: Value) -> str | float | bool:
        if isinstance(value, bool | float):
            return value
        if isinstance(value, int):
            if abs(value) <= _LARGEST:
                return value
            self.large += 1
            return str(value)
        return self.text(as_text(value))

    def text(self, text: str) -> str:
        clean = self.xml.clean(text)
        if "\r" in clean:
            self.returns += 1
            clean = clean.replace("\r\n", "\n").replace("\r", "\n")
        if text.startswith(_FORMULA):
            self.quoted += 1
            clean = f"'{clean}"
        units = clean.encode("utf-16-le")
        if len(units) > 2 * CELL:
            self.cut += 1
            # Half a character at the end is left out.
            clean = units[: 2 * CELL].decode("utf-16-le", errors="ignore")
        return clean

    def losses(self) -> tuple[str, ...]:
        told = (
            (self.quoted, "cells that a spreadsheet could take for a formula begin with '."),
            (self.cut, f"cells were cut at {CELL} characters, the most that Excel holds."),
            (self.large, "whole numbers beyond 2^53 stand as text."),
            (self.returns, "cells had carriage returns, which became line feeds."),
        )
        happened = (f"{n} {what}" for n, what in told if n)
        return ("Lists stand as JSON text.", *happened, *self.xml.losses())


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write the sheets row by row; see :mod:`graph.exports`.

    A text that begins with ``=``, ``+``, ``-``, ``@`` or a control character gets a
    quote in front, here and in whatever is saved from the workbook later.
    """
    cells = _Cells()
    try:
        _write_book(view, out, cells)
    except XlsxWriterException as exc:
        raise ExportError(f"the workbook cannot be written: {exc}") from exc
    return cells.losses()


def _write_book(view: GraphView, out: Path, cells: _Cells) -> None:
    # Rows wait in files beside the workbook, so that nothing is left elsewhere. Not
    # used as a context manager, which would pack the sheets even after a failure.
    book = xlsxwriter.Workbook(str(out), {"constant_memory": True, "tmpdir": str(out.parent)})
    # The time of writing would make each file another.
    book.set_properties({"title": "govmech", "created": datetime.datetime(2000, 1, 1)})
    head = book.add_format({"bold": True, "bottom": 1})
    for node_type in NODE_TYPES:
        names = [p.name for p in label_columns(node_type.label)]
        nodes = (n.properties for n in view.iter_nodes([node_type.label]))
        _write_sheets(book, f"{node_type.zh} {node_type.label}", names, nodes, head, cells)
    for edge_type in EDGE_TYPES:
        names = ["source", "target", *(p.name for p in edge_properties(edge_type))]
        edges = (
            {"source": e.source, "target": e.target, **e.properties}
            for e in view.iter_edges([edge_type.type])
        )
        _write_sheets(book, f"{edge_type.zh} {edge_type.type}", names, edges, head, cells)
    book.close()


def _write_sheets(
    book: xlsxwriter.Workbook,
    title: str,
    names: Sequence[str],
    rows: Iterator[Mapping[str, Value]],
    head: Format,
    cells: _Cells,
) -> None:
    """Write one table, on as many sheets as its rows need."""
    sheet = _add_sheet(book, title, names, head)
    at, sheets = 0, 1
    for row in rows:
        if at == SHEET:
            sheets += 1
            sheet, at = _add_sheet(book, f"{title} {sheets}", names, head), 0
        at += 1
        for column, name in enumerate(names):
            if name in row:
                _write_cell(sheet, at, column, cells.value(row[name]))


def _add_sheet(
    book: xlsxwriter.Workbook, title: str, names: Sequence[str], head: Format
) -> Worksheet:
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(names):
        sheet.write_string(0, column, f"{_ENDS.get(name) or PROPERTY_ZH[name]} {name}", head)
    return sheet


def _write_cell(sheet: Worksheet, row: int, column: int, value: str | float | bool) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write_number(row, column, value)
