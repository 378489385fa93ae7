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

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from graph.errors import CatalogueError
from loaders.naming.forms import key, printed
from loaders.references import REFERENCE, read_yaml

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
    """Read and check the catalogue in a folder.

    Raises:
        CatalogueError: A field is missing or unknown, a name repeats, a broader
            concept is not there or runs in a circle, an alias leads to two entries.
    """
    by_name: dict[str, Concept] = {}
    by_key: dict[str, Concept] = {}
    plain: set[str] = set()
    for path in sorted(folder.glob("*.yaml")):
        data = read_yaml(path)
        if not isinstance(data, dict) or not isinstance(data.get("entries"), list):
            raise CatalogueError("needs `field` and a list of `entries`", path=str(path))
        for row in data["entries"]:
            concept = _concept(row, data.get("field"), path)
            if concept.name in by_name:
                raise CatalogueError(f"“{concept.name}” is there twice", path=str(path))
            by_name[concept.name] = concept
            for surface in (concept.name, *concept.aliases):
                # Uncached: the caches are for what reports say.
                wording = key.__wrapped__(printed.__wrapped__(surface))
                other = by_key.setdefault(wording, concept)
                if other is not concept:
                    raise CatalogueError(
                        f"“{surface}” leads to both “{other.name}” and “{concept.name}”",
                        path=str(path),
                    )
            for surface in (concept.name, *concept.aliases):
                if concept.covers or surface[0] in "“":
                    plain.add(surface)
    if not by_name:
        raise CatalogueError("holds no entries", path=str(folder))
    _check_broader(by_name, folder)
    return Catalogue(by_name, by_key, frozenset(plain))


def _concept(row: Any, field: Any, path: Path) -> Concept:
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
    return Concept(
        row["name"],
        row["en"],
        field,
        row["definition"],
        tuple(row.get("aliases", ())),
        row.get("broader"),
        tuple(row.get("legal_basis", ())),
        row.get("covers", True),
    )


def _check_broader(by_name: Mapping[str, Concept], folder: Path) -> None:
    for concept in by_name.values():
        seen = {concept.name}
        above = concept.broader
        while above is not None:
            if above not in by_name:
                raise CatalogueError(
                    f"“{concept.name}”: broader “{above}” is not there", path=str(folder)
                )
            if above in seen:
                raise CatalogueError(
                    f"“{concept.name}”: broader runs in a circle", path=str(folder)
                )
            seen.add(above)
            above = by_name[above].broader


@cache
def catalogue(kind: ConceptKind) -> Catalogue:
    """The bundled catalogue of a kind."""
    return load_catalogue(REFERENCE / kind)
