"""Words by which agencies are told from classes, posts and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from loaders.references import REFERENCE, read_yaml


@dataclass(frozen=True, slots=True)
class Cues:
    """Words of reference/agency_cues.yaml, by their use."""

    own: frozenset[str]
    heads: frozenset[str]
    weak_heads: frozenset[str]
    whole_heads: frozenset[str]
    boundaries: frozenset[str]
    inner: frozenset[str]
    openers: tuple[str, ...]
    class_before: tuple[str, ...]
    posts: tuple[str, ...]
    class_after: tuple[str, ...]
    no_bare: frozenset[str]
    shields: frozenset[str]
    no_body: tuple[str, ...]
    no_central: tuple[str, ...]
    runs_on: Mapping[str, tuple[str, ...]]
    runs_on_not: tuple[str, ...]
    no_name: tuple[str, ...]
    own_heads: Mapping[str, tuple[str, ...]]
    internal_heads: tuple[str, ...]
    no_internal: tuple[str, ...]
    acts: tuple[str, ...]
    internal_openers: tuple[str, ...]
    no_internal_inside: tuple[str, ...]
    offices: Mapping[str, str]
    place_acts: tuple[str, ...]
    place_given: tuple[str, ...]
    town_offices: frozenset[str]
    service_forms: tuple[str, ...]
    service_verbs: tuple[str, ...]
    no_tribunals: tuple[str, ...]
    no_offices: tuple[str, ...]


@cache
def cues() -> Cues:
    """The words, read once."""
    data = {k: v.split() for k, v in read_yaml(REFERENCE / "agency_cues.yaml").items()}
    return Cues(
        frozenset(data["self"]),
        frozenset(data["heads"]) | frozenset(data["weak_heads"]),
        frozenset(data["weak_heads"]),
        frozenset(data["whole_heads"]),
        frozenset(data["boundaries"]),
        frozenset(data["inner"]),
        tuple(data["openers"]),
        tuple(data["class_before"]),
        tuple(data["posts"]),
        tuple(data["class_after"]),
        frozenset(data["no_bare"]),
        frozenset(data["shields"]),
        tuple(data["no_body"]),
        tuple(data["no_central"]),
        {last: tuple(after) for last, after in (e.split("=") for e in data["runs_on"])},
        tuple(data["runs_on_not"]),
        tuple(data["no_name"]),
        {form: tuple(ends) for form, *ends in (e.split("=") for e in data["own_heads"])},
        tuple(data["internal_heads"]),
        tuple(data["no_internal"]),
        tuple(data["acts"]),
        tuple(data["internal_openers"]),
        tuple(data["no_internal_inside"]),
        dict(entry.split("=") for entry in data["offices"]),
        tuple(data["place_acts"]),
        tuple(data["place_given"]),
        frozenset(data["town_offices"]),
        tuple(data["service_forms"]),
        tuple(data["service_verbs"]),
        tuple(data["no_tribunals"]),
        tuple(data["no_offices"]),
    )
