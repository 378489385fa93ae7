"""The files of ``reference/``: vocabularies and catalogues that a researcher can edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from graph.errors import CatalogueError

REFERENCE = Path(__file__).parent / "reference"

# The parser in C is ten times as fast; PyYAML comes without it on some machines.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """Content of a reference file.

    Raises:
        CatalogueError: It is missing or no YAML.
    """
    try:
        return parse_yaml(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as exc:
        raise CatalogueError(f"cannot be read: {exc}", path=str(path)) from exc


def parse_yaml(text: str, path: str) -> Any:
    """What a YAML text holds.

    Args:
        text: Any YAML; unsafe tags are refused.
        path: Where it comes from, for messages.
    Raises:
        CatalogueError: It is no YAML.
    """
    try:
        return yaml.load(text, Loader=_LOADER)
    except yaml.YAMLError as exc:
        raise CatalogueError(f"cannot be read as YAML: {exc}", path=path) from exc
