"""From the options of ``govmech export`` to the part of the graph that they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from graph.errors import BadParameter

if TYPE_CHECKING:
    from graph.part import Part
    from graph.store import Store

_YEARS = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")


def select_part(
    store: Store,
    *,
    mechanism: str | None,
    place: str | None,
    years: str | None,
    question: str | None,
    params: Mapping[str, object],
) -> Part | None:
    """The part that the options mean; None when they mean the whole graph.

    Args:
        store: Where names are looked up and the question is asked.
        mechanism: Id or any name of a mechanism.
        place: Id or any name of a place.
        years: ``2021`` or ``2020-2023``.
        question: Name of a question; its answer's nodes and what joins them.
        params: Its parameters.
    Raises:
        BadParameter: The years, or a parameter of the question, cannot be read.
        UnknownName: No such mechanism or place, or one in the question's parameters.
        AmbiguousName: Several of them.
        UnknownQuestion: No such question.
    """
    from api.names import resolve_name
    from graph.part import Part

    if params and not question:
        raise BadParameter("--param belongs to --question, which is not given")
    if not (mechanism or place or years or question):
        return None
    nodes, reports = _answered(store, question, params) if question else (set(), set())
    return Part(
        node=resolve_name(store, mechanism, "Mechanism") if mechanism else "",
        place=resolve_name(store, place, "Place") if place else "",
        years=_years(years) if years else None,
        nodes=frozenset(nodes),
        reports=frozenset(reports),
    )


def _years(text: str) -> tuple[int, int]:
    match = _YEARS.fullmatch(text.strip())
    if not match:
        raise BadParameter(f"“{text[:20]}” is no year or range of years, such as 2020-2023")
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise BadParameter(f"“{text}” ends before it begins")
    return first, last


def _answered(store: Store, name: str, params: Mapping[str, object]) -> tuple[set[str], set[str]]:
    """Ids of the nodes that a question and its answer name, and of the reports among them."""
    from api.questions import ask
    from queries.templates import NODE_TYPES

    answer = ask(store, name, params)
    typed = [c.name for c in answer.columns if c.type in NODE_TYPES]
    if not typed:
        raise BadParameter(f"the answer to {name} names no nodes, so it selects none")
    if not answer.rows:
        raise BadParameter(f"{name} has no answer here, so it selects nothing")
    nodes = {value for row in answer.rows for column in typed for value in _ids(row[column])}
    given = {p.name for p in answer.template.parameters if p.type in NODE_TYPES}
    nodes |= {value for key in given for value in _ids(answer.params.get(key))}
    return nodes, {id_ for id_ in nodes if id_.startswith("report:")}


def _ids(value: object) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    return [v for v in values if isinstance(v, str)]
