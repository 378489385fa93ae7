"""Words by which the head and foot of a report are read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from loaders.references import REFERENCE, read_yaml


@cache
def _cues() -> Mapping[str, tuple[str, ...]]:
    data = read_yaml(REFERENCE / "heading_cues.yaml")
    return {key: tuple(value.split()) for key, value in data.items()}


def words(key: str) -> tuple[str, ...]:
    """The words of one list of reference/heading_cues.yaml."""
    return _cues()[key]


def alternatives(key: str) -> str:
    """A regular expression that any entry of the list fits."""
    return "|".join(words(key))
