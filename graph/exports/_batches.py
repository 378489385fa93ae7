"""Rows in batches, small enough to be held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Row = TypeVar("Row")


def iter_batches(
    rows: Iterable[Row], length: Callable[[Row], int], *, most: int, characters: int
) -> Iterator[list[Row]]:
    """Batches of rows, in order.

    Args:
        rows: The rows.
        length: Characters of a row.
        most: Rows of a batch.
        characters: Characters of a batch, unless one row alone has more: reports
            have long texts.
    """
    batch: list[Row] = []
    size = 0
    for row in rows:
        long = length(row)
        if batch and (len(batch) == most or size + long > characters):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += long
    if batch:
        yield batch
