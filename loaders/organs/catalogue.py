"""The catalogue of Party and state organs.

Source:
    reference/organs.yaml; ANNOTATION.md, Agencies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from loaders.references import REFERENCE, read_yaml


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ that every division of some level may have.

    Args:
        name: Full name without a place: 教育委员会.
        forms: Every way to write it, the full name first: 教委.
        kind: Group of the catalogue: 党委, 政府, 部门, 街道.
        patterns: How it joins a place, the canonical way first.
    """

    name: str
    forms: tuple[str, ...]
    kind: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A canonical name and other full names of the same body."""

    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The organs of reference/organs.yaml.

    Args:
        central: Bodies of the centre by every form of their names.
        organs: Local organs by every form.
        town: Patterns by 街道 or 镇, then by body.
        town_forms: By 街道 or 镇, the key of ``town`` by every way to write a body.
        lines: Words that tell a line of work, in order.
    """

    central: Mapping[str, Name]
    organs: Mapping[str, Organ]
    town: Mapping[str, Mapping[str, tuple[str, ...]]]
    lines: Mapping[str, tuple[str, ...]]
    town_forms: Mapping[str, Mapping[str, str]]


@cache
def reference() -> Any:
    """Content of reference/organs.yaml."""
    return read_yaml(REFERENCE / "organs.yaml")


@cache
def catalogue() -> Catalogue:
    """The catalogue, read once."""
    data = reference()
    central: dict[str, Name] = {}
    for entry in data["central"].split():
        forms = entry.split("=")
        name = Name(forms[0], tuple(f for f in forms[1:] if len(f) > 1))
        central.update(dict.fromkeys(forms, name))
    organs: dict[str, Organ] = {}
    for kind, group in data["kinds"].items():
        for entry in group["organs"].split():
            forms = tuple(entry.split("="))
            organ = Organ(forms[0], forms, kind, tuple(group["patterns"]))
            for form in forms:
                organs.setdefault(form, organ)
                if kind == "党委机构":
                    organs.setdefault("委" + form, organ)
    town = {
        kind: {body: tuple(patterns) for body, patterns in bodies.items()}
        for kind, bodies in data["town"].items()
    }
    lines = {k: tuple(v) for k, v in data["lines"].items()}
    town_forms = {
        kind: dict(entry.split("=") for entry in forms.split())
        for kind, forms in data["town_forms"].items()
    }
    return Catalogue(central, organs, town, lines, town_forms)


@cache
def central_names() -> frozenset[str]:
    """Canonical names of the bodies of the centre."""
    return frozenset(name.name for name in catalogue().central.values())
