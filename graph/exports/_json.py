"""Long JSON arrays, written one item a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

dumps = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
"""JSON of a value on one line, Chinese as it is."""


def write_array(file: TextIO, items: Iterable[object]) -> None:
    """Write an array without holding it."""
    separator = "[\n"
    for item in items:
        file.write(separator)
        file.write(dumps(item))
        separator = ",\n"
    file.write("[]" if separator == "[\n" else "\n]")
