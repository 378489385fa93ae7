"""The catalogues of known mechanisms and initiatives.

YAML files under ``reference/mechanisms`` and ``reference/initiatives``, one file
per field. An entry::

    - name: 接诉即办                 # canonical name, identity of the node
      en: Immediate response to complaints
      aliases: [接诉即办机制]         # other wordings that mean the same
      definition: …                 # one sentence
      broader: …                    # name of a more general entry
      legal_basis: [北京市接诉即办工作条例]
      covers: false                 # too common a word to be a name by itself: found
                                    # only with a head noun (行政复议制度) or in quotes
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from graph.errors import CatalogueError
from loaders.naming import forms
from loaders.naming.forms import key, printed
from loaders.parsed import parsed
from loaders.references import REFERENCE, read_bytes, read_yaml

ConceptKind = Literal["mechanisms", "initiatives"]
_FIELDS = {"name", "en", "aliases", "definition", "broader", "legal_basis", "covers"}


@dataclass(frozen=True, slots=True)
class Concept:
    """A mechanism or initiative that the field knows.

    Args:
        name: Canonical name, which is its identity.
        en: English name.
        field: Field of governance.
        definition: What it is, in one sentence.
        aliases: Other wordings.
        broader: Name of a more general concept of the same catalogue.
        legal_basis: Names of the regulations that it rests on.
        covers: Whether its wordings are mentions wherever they stand, without a head noun.
    """

    name: str
    en: str
    field: str
    definition: str
    aliases: tuple[str, ...] = ()
    broader: str | None = None
    legal_basis: tuple[str, ...] = ()
    covers: bool = True


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All concepts of a kind.

    Args:
        by_name: Canonical name → concept.
        by_key: Key of every wording → concept.
        plain: Wordings that are mentions wherever they stand.
    """

    by_name: Mapping[str, Concept]
    by_key: Mapping[str, Concept]
    plain: frozenset[str]

    def resolve(self, surface: str) -> Concept | None:
        """The concept that a wording means."""
        return self.by_key.get(key(printed(surface)))


def load_catalogue(folder: Path) -> Catalogue:
    """Read and check the catalogue in a folder; what was checked is kept for the next start.

    Raises:
        CatalogueError: A field is missing or unknown, a name repeats, a broader
            concept is not there or runs in a circle, an alias leads to two entries.
    """
    files = sorted(folder.glob("*.yaml"))
    # Those who read and check belong to it: other rules, another note.
    data = b"\0".join(map(read_bytes, (Path(__file__), Path(forms.__file__), *files)))
    by_name: dict[str, Concept] = {}
    by_key: dict[str, Concept] = {}
    plain: list[str] = []
    rows = parsed(data, lambda: _checked(files, folder))
    for name, en, field, definition, aliases, broader, basis, covers, keys in rows:
        about = (field, definition, tuple(aliases), broader, tuple(basis), covers)
        by_name[name] = concept = Concept(name, en, *about)
        by_key.update(dict.fromkeys(keys, concept))
        plain += (s for s in (name, *aliases) if covers or s[0] == "“")
    return Catalogue(by_name, by_key, frozenset(plain))


def _checked(files: Sequence[Path], folder: Path) -> list[list[Any]]:
    """Fields of every concept, in their order, and the keys of its wordings, as plain lists."""
    rows: dict[str, list[Any]] = {}
    broader: dict[str, str | None] = {}
    names: dict[str, str] = {}
    for path in files:
        data = read_yaml(path)
        if not isinstance(data, dict) or not isinstance(data.get("entries"), list):
            raise CatalogueError("needs `field` and a list of `entries`", path=str(path))
        for entry in data["entries"]:
            _check(entry, data.get("field"), path)
            name, aliases = entry["name"], entry.get("aliases", [])
            if name in rows:
                raise CatalogueError(f"“{name}” is there twice", path=str(path))
            keys: list[str] = []
            for surface in (name, *aliases):
                # Uncached: the caches are for what reports say.
                keys.append(key.__wrapped__(printed.__wrapped__(surface)))
                other = names.setdefault(keys[-1], name)
                if other != name:
                    raise CatalogueError(
                        f"“{surface}” leads to both “{other}” and “{name}”", path=str(path)
                    )
            broader[name] = entry.get("broader")
            rows[name] = [
                name,
                entry["en"],
                data["field"],
                entry["definition"],
                aliases,
                broader[name],
                entry.get("legal_basis", []),
                entry.get("covers", True),
                keys,
            ]
    if not rows:
        raise CatalogueError("holds no entries", path=str(folder))
    _check_broader(broader, folder)
    return [*rows.values()]


def _check(row: Any, field: Any, path: Path) -> None:
    if not isinstance(row, dict):
        raise CatalogueError(f"an entry is a mapping, not {row!r}", path=str(path))
    name = row.get("name")
    missing = [f for f in ("name", "en", "definition") if not isinstance(row.get(f), str)]
    if not isinstance(field, str):
        missing.append("field")
    if missing:
        raise CatalogueError(f"“{name}” lacks {', '.join(missing)}", path=str(path))
    unknown = sorted(set(row) - _FIELDS)
    if unknown:
        raise CatalogueError(f"“{name}” has unknown fields {', '.join(unknown)}", path=str(path))
    for field_name in ("aliases", "legal_basis"):
        values = row.get(field_name, [])
        if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
            raise CatalogueError(f"“{name}”: {field_name} is a list of names", path=str(path))


def _check_broader(broader: Mapping[str, str | None], folder: Path) -> None:
    for name, above in broader.items():
        seen = {name}
        while above is not None:
            if above not in broader:
                raise CatalogueError(f"“{name}”: broader “{above}” is not there", path=str(folder))
            if above in seen:
                raise CatalogueError(f"“{name}”: broader runs in a circle", path=str(folder))
            seen.add(above)
            above = broader[above]


@cache
def catalogue(kind: ConceptKind) -> Catalogue:
    """The bundled catalogue of a kind."""
    return load_catalogue(REFERENCE / kind)
