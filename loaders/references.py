"""The files of ``reference/``: vocabularies and catalogues that a researcher can edit."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import CatalogueError
from loaders.parsed import parsed

REFERENCE = Path(__file__).parent / "reference"


def read_yaml(path: Path) -> Any:
    """Content of a reference file.

    Raises:
        CatalogueError: It is missing or no YAML.
    """
    data = read_bytes(path)
    try:
        text = data.decode()
    except UnicodeDecodeError as exc:
        raise CatalogueError(f"cannot be read: {exc}", path=str(path)) from exc
    return parsed(data, lambda: parse_yaml(text, str(path)))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that came with this package or stands in for one.

    Raises:
        CatalogueError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as exc:
        raise CatalogueError(f"cannot be read: {exc}", path=str(path)) from exc


def parse_yaml(text: str, path: str) -> Any:
    """What a YAML text holds; dates are text.

    Args:
        text: Any YAML; unsafe tags are refused.
        path: Where it comes from, for messages.
    Raises:
        CatalogueError: It is no YAML.
    """
    import yaml  # late: where all files were read before, nothing needs it

    try:
        return yaml.load(text, Loader=_loader())
    except yaml.YAMLError as exc:
        raise CatalogueError(f"cannot be read as YAML: {exc}", path=path) from exc


@cache
def _loader() -> Any:
    import yaml

    # The parser in C is ten times as fast; PyYAML comes without it on some machines.
    safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    resolvers = {
        first: [(tag, pattern) for tag, pattern in known if not tag.endswith(":timestamp")]
        for first, known in safe.yaml_implicit_resolvers.items()
    }
    return type("Loader", (safe,), {"yaml_implicit_resolvers": resolvers})
